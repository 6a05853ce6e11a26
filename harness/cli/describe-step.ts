import type { JsonObject } from '../../spec/messages.ts';
import {
  type Assumption,
  type Case,
  type Expectation,
  expectationsOf,
  type Schema,
  type Seen,
  type Step,
} from '../case/case.ts';
import { isObject } from '../wire/json-rpc.ts';

/** The steps of a case in words, a numbered line for each with what is expected of it below. */
export function describeSteps({ steps, given = 'ready' }: Case): string[] {
  const opening = {
    none: 'no session is opened first',
    initialized: 'a session is opened, and notifications/initialized is not sent',
    ready: 'a session is opened as usual',
  }[given];
  return [`Before: ${opening}.`, ...steps.flatMap((step, index) => describeStep(step, index + 1))];
}

function describeStep(step: Step, number: number): string[] {
  const client = step.client ? ` as client ${step.client}` : '';
  const background = step.background ? ', without waiting for the answer' : '';
  const example = step.example ? ` (example ${step.example})` : '';
  const name = step.name ? ` (later steps call it ${step.name})` : '';
  return [
    `${number}. ${action(step)}${client}${headers(step)}${background}${example}${name}`,
    ...(step.repeatUntil ? [`   again until ${seen(step.repeatUntil)}, or the time is up`] : []),
    ...(step.assume ?? []).map((assumption) => `   goes on only if ${assumed(assumption)}`),
    ...expectationsOf(step).map((expectation) => `   expects ${expected(expectation)}`),
  ];
}

function action(step: Step): string {
  if ('initialize' in step) {
    const changes = Object.keys(step.initialize).length ? ` with ${JSON.stringify(step.initialize)}` : '';
    return `sends initialize${changes}`;
  }
  if ('request' in step) return `sends the request ${step.request.method}${params(step.request)}`;
  if ('notify' in step) return `sends the notification ${step.notify.method}${params(step.notify)}`;
  if ('respond' in step) return `sends the response ${JSON.stringify(step.respond)}`;
  if ('send' in step) return `sends ${JSON.stringify(step.send)}`;
  if ('text' in step) return `sends the text ${JSON.stringify(step.text)}`;
  if ('close' in step) return `closes the server's standard ${step.close} and waits for its end`;
  if ('base64' in step) return `sends the bytes ${step.base64} (base64)`;
  return `makes an HTTP ${step.http.method} request${step.http.url === undefined ? '' : ` of ${step.http.url}`}${step.http.keepOpen ? ' and keeps its stream open' : ''}`;
}

function params({ id, params: given }: { readonly id?: unknown; readonly params?: unknown }): string {
  const parts = [
    ...(id === undefined ? [] : [`the id ${JSON.stringify(id)}`]),
    ...(given === undefined ? [] : [`params ${JSON.stringify(given)}`]),
  ];
  return parts.length ? ` with ${parts.join(' and ')}` : '';
}

function headers({ headers: changes = {} }: Step): string {
  const parts = Object.entries(changes).map(([name, value]) =>
    value === null ? `without ${name}` : `with ${name}: ${typeof value === 'string' ? value : value.join(' and ')}`,
  );
  return parts.length ? `, ${parts.join(', ')}` : '';
}

function assumed({ that, otherwise }: Assumption): string {
  return `${seen(that)}; otherwise ${otherwise}`;
}

function expected({ rule, when, revisions, that, atMost }: Expectation): string {
  return [
    seen(that),
    ...(when ? [`when ${seen(when)}`] : []),
    ...(revisions ? [`in ${revisions}`] : []),
    ...(rule ? [`(${rule})`] : []),
    ...(atMost ? [`at most ${atMost}`] : []),
  ].join(' ');
}

function seen(parts: Seen): string {
  return Object.entries(parts)
    .map(([part, schema]) => `${part} ${described(schema)}`)
    .join(', and ');
}

function described(schema: Schema): string {
  if (schema === false) return 'to be absent';
  if (schema === true) return 'to be there';
  const plain = onlyKeyword(schema);
  if (plain?.[0] === 'const') return `to be ${JSON.stringify(plain[1])}`;
  if (plain?.[0] === 'enum' && Array.isArray(plain[1])) {
    return `to be one of ${plain[1].map((value) => JSON.stringify(value)).join(', ')}`;
  }
  if (plain?.[0] === 'not' && isObject(plain[1])) return described(plain[1]).replace(/^to /, 'not to ');
  return `to fit ${JSON.stringify(schema)}`;
}

function onlyKeyword(schema: JsonObject): [string, unknown] | null {
  const [first, ...more] = Object.entries(schema);
  return first && !more.length ? first : null;
}
