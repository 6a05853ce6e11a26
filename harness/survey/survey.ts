import { factsOf, type Revision } from '../../spec/revisions.ts';
import type { Limits } from '../target/limits.ts';
import { type Target, tokenMark, transportOf } from '../target/target.ts';
import type { Trace } from '../trace/trace.ts';
import { habitsOf } from '../transport/habits.ts';
import { isObject } from '../wire/json-rpc.ts';
import { candidates, type Survey } from './found.ts';
import { wantsToken } from './survey-authorization.ts';
import { surveyStateful } from './survey-stateful.ts';
import { surveyStateless } from './survey-stateless.ts';
import { methodIn } from './why-hopeless.ts';
import { namesEndpoint, openingOf } from './why-no-connection.ts';

export type { Survey } from './found.ts';

/**
 * Takes a first look at a server: whether it can be judged at all, at which revision, what it offers and what may be
 * called safely. With a revision it insists on that one, without it takes the newest that the server accepts. Where the target
 * does not say which transport of HTTP it speaks, it is that of the revision, or else found out as clients do.
 */
export async function survey(target: Target, limits: Limits, wanted: Revision | null): Promise<Survey> {
  const found = await firstLook(target, limits, wanted);
  if (found.kind === 'hopeless' || !isObject(found.variables.server)) return found;
  // authorization came with Streamable HTTP
  if (found.trace.header.transport === 'http+sse') return found;
  const authorization = await wantsToken(target, limits, found.revision);
  const anonymous = !target.credentials.length;
  const tokens = Object.fromEntries(Object.keys(target.tokens ?? {}).map((kind) => [kind, tokenMark(kind)]));
  return {
    ...found,
    variables: { ...found.variables, server: { ...found.variables.server, authorization, anonymous }, tokens },
  };
}

async function firstLook(target: Target, limits: Limits, wanted: Revision | null): Promise<Survey> {
  if (target.command || target.transport) return surveyOver(target, limits, wanted);
  const older = { ...target, transport: 'http+sse' as const };
  if (wanted && !factsOf(wanted).transports.includes('streamable-http')) return surveyOver(older, limits, wanted);
  const found = await surveyOver(target, limits, wanted);
  const refusal = wanted === null && found.kind === 'hopeless' ? refusalOf(found.trace) : null;
  if (refusal === null) return found;
  const foundOlder = await surveyOver(older, limits, null);
  if (foundOlder.kind === 'hopeless' && !namesEndpoint(foundOlder.trace)) return found;
  const note = `Judged over HTTP+SSE, the transport of 2024-11-05: it answers a POST of ${refusal} and a GET with an event stream that names another address for messages.`;
  return foundOlder.kind === 'hopeless' ? foundOlder : { ...foundOlder, notes: [note] };
}

/**
 * The refusal that tells clients to try the older transport, in words; null where there is none (2025-11-25,
 * basic/transports, backwards compatibility).
 */
function refusalOf(trace: Trace): string | null {
  const opening = openingOf(trace);
  const status = opening?.response?.status ?? 0;
  return opening && [400, 404, 405].includes(status) ? `${methodIn(opening)} with HTTP ${status}` : null;
}

async function surveyOver(target: Target, limits: Limits, wanted: Revision | null): Promise<Survey> {
  const transport = transportOf(target);
  const [stateless] = candidates(transport, 'stateless');
  if (stateless && (wanted === null || factsOf(wanted).era === 'stateless')) {
    // without a wanted revision a server that does not answer at all may be one that waits for its handshake
    const found = await surveyStateless(target, wanted ? limits : { ...limits, startMs: 0 }, wanted ?? stateless);
    if (wanted || found.kind === 'judgeable') return found;
    const stateful = await surveyStateful(target, limits, wanted);
    // one that was merely slow to start can be asked again, now that it is known how slow
    const slow = target.command !== undefined && (habitsOf(target.command).startMs ?? 0) > limits.stepMs / 2;
    const again = slow ? await surveyStateless(target, limits, stateless) : found;
    return again.kind === 'judgeable' ? again : stateful;
  }
  return surveyStateful(target, limits, wanted);
}
