import type { JsonObject } from '../../spec/messages.ts';
import type { Case } from '../case/case.ts';
import { isShared } from '../survey/shared-session.ts';
import type { TraceHeader } from '../trace/trace.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Stop } from './judge-case.ts';

/**
 * What a case needs and the target has not, as the reason to skip it. A capability that is not declared and a session that
 * is not issued make a case not applicable; a stimulus that was not found leaves its rules not verified.
 */
export function unmetNeed(testCase: Case, header: TraceHeader): Stop | null {
  const apart = unmetApartness(testCase, header);
  if (apart) return apart;
  for (const need of testCase.needs ?? []) {
    const stop = judgeNeed(need, header);
    if (stop) return stop;
  }
  return null;
}

/**
 * Where all clients have the same session, what one of them does befalls the others: a case that ends it, or that is about
 * two of them, would say this again under the name of another rule.
 */
function unmetApartness({ given, steps, requires }: Case, { variables }: TraceHeader): Stop | null {
  if (!isShared(variables) || given === 'none') return null;
  const clients = new Set(steps.map(({ client }) => client ?? 'a'));
  const ends = steps.some((step) => 'http' in step && step.http.method === 'DELETE');
  if (clients.size < 2 && !ends) return null;
  return requires.includes('session.id-secure')
    ? null
    : { skip: 'blocked', reason: 'all clients get the same session id, so that what one does befalls the others' };
}

function judgeNeed(need: string, header: TraceHeader): Stop | null {
  const { server } = header.variables;
  if (need.startsWith('stimulus:')) {
    const name = need.slice('stimulus:'.length);
    if (Object.hasOwn(header.variables, name)) return null;
    return {
      skip: 'not-verified',
      reason: `the target shows no ${name} to try it with; name one in the config file: "stimuli: { ${name}: ... }"`,
    };
  }
  if (need.startsWith('token:')) {
    return tokenNeed(need.slice('token:'.length), header);
  }
  if (need === 'session') {
    if (isObject(server) && server.session === true) return null;
    return { skip: 'not-applicable', reason: 'the server issues no session id' };
  }
  if (need === 'authorization') {
    if (isObject(server) && server.authorization === true) return null;
    return {
      skip: 'not-applicable',
      reason: 'the server lets in clients that show no token, or none was given to show',
    };
  }
  if (need === 'anonymous') {
    if (isObject(server) && server.anonymous === true) return null;
    return {
      skip: 'not-applicable',
      reason: 'all requests carry the credentials given, and so come from one requestor',
    };
  }
  if (isObject(server) && server.capabilities === null) {
    return {
      skip: 'blocked',
      reason: 'the server does not say what it declares: it does not answer server/discover with capabilities',
    };
  }
  return capabilityNeed(need, isObject(server) && isObject(server.capabilities) ? server.capabilities : {});
}

function tokenNeed(kind: string, { variables: { tokens } }: TraceHeader): Stop | null {
  if (isObject(tokens) && Object.hasOwn(tokens, kind)) return null;
  const line = `tokens: { ${kind}: $VARIABLE }`;
  return {
    skip: 'not-verified',
    reason: `there is no such token to show; name one in the config file: "${line}"`,
  };
}

function capabilityNeed(need: string, capabilities: JsonObject): Stop | null {
  let value: unknown = capabilities;
  for (const part of need.replace(/^no:/, '').split('.')) {
    value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  const declared = value !== undefined && value !== false && value !== null;
  if (need.startsWith('no:')) {
    return declared ? { skip: 'not-applicable', reason: `the server declares ${need.slice(3)}` } : null;
  }
  return declared ? null : { skip: 'not-applicable', reason: `the server does not declare ${need}` };
}
