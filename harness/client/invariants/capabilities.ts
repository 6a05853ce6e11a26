import type { Invariant } from '../../invariants/invariant.ts';
import { type Breach, judged } from '../../invariants/outcomes.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { declares } from '../judge/client-needs.ts';
import { clientTraffic, type Opening } from './client-traffic.ts';

/** The capability of the server's that a method needs; the first pattern that fits counts. */
const SERVER: readonly (readonly [RegExp, string])[] = [
  [/^tools\//, 'tools'],
  [/^prompts\//, 'prompts'],
  [/^resources\/(un)?subscribe$/, 'resources.subscribe'],
  [/^resources\//, 'resources'],
  [/^completion\//, 'completions'],
  [/^logging\//, 'logging'],
  [/^tasks\//, 'tasks'],
];

/** A client uses only what was negotiated (lifecycle, operation). */
export const capabilities: Invariant = {
  id: 'invariant.client.capabilities',
  title: 'only features that were negotiated are used',
  occasion: 'a use of features by the client',
  requires: ['lifecycle.op.negotiated-capabilities'],
  judge: (view) => {
    const { messages, openingOf } = clientTraffic(view);
    return messages.flatMap(({ exchange, message: { envelope }, path }) => {
      const opening = openingOf(exchange);
      if (!opening || (envelope.kind !== 'request' && envelope.kind !== 'notification')) return [];
      const needed = neededFor(envelope.method);
      if (!needed) return [];
      const problem = undeclared(envelope.method, needed, opening, `${path}.method`);
      return judged('lifecycle.op.negotiated-capabilities', exchange, problem ? [problem] : [], true);
    });
  },
};

interface Needed {
  readonly of: 'server' | 'client';
  readonly capability: string;
}

function neededFor(method: string): Needed | null {
  if (method === 'notifications/roots/list_changed') return { of: 'client', capability: 'roots.listChanged' };
  const found = SERVER.find(([pattern]) => pattern.test(method));
  return found ? { of: 'server', capability: found[1] } : null;
}

function undeclared(method: string, { of, capability }: Needed, opening: Opening, path: string): Breach | null {
  const side = of === 'server' ? opening.result : opening.params;
  if (declares(isObject(side) ? side.capabilities : {}, capability)) return null;
  const message = `${method} was sent although the ${of} does not declare ${capability}`;
  // test clients list the tools because they are told to; the scenario and not the client may have chosen it
  return { message, path, actual: method, ...(of === 'server' ? { atMost: 'warn' as const } : {}) };
}
