import type { Json } from '../../../spec/messages.ts';
import type { Stop } from '../../judge/judge-case.ts';
import { isObject } from '../../wire/json-rpc.ts';
import type { ClientCase } from '../case/client-case.ts';

/** What a client does of itself, and why a case says nothing where it does not; without `skip` it is not verified. */
interface Habit {
  readonly fact: string;
  readonly reason: string;
  readonly skip?: 'blocked';
}

const HABITS: { readonly [need: string]: Habit } = {
  'lists-tools': {
    fact: 'listsTools',
    reason: 'in scenario tools_call the client lists no tools; have it list the tools and call the first',
  },
  'calls-tools': {
    fact: 'callsTools',
    reason: 'in scenario tools_call the client calls no tool; have it list the tools and call add_numbers',
  },
  'follows-pages': {
    fact: 'followsPages',
    reason: 'the client asks for the first page of tools only; have it follow nextCursor',
  },
  'takes-actions': {
    fact: 'takesActions',
    reason: 'the client does not do the actions in MCP_CONFORMANCE_CONTEXT; have it do them in their order',
  },
  'reads-streams': {
    fact: 'readsStreams',
    reason: 'the client does not read event streams at all, as client.sse.plain shows',
    skip: 'blocked',
  },
  ends: { fact: 'ends', reason: 'the client does not end by itself; have it close the connection and exit when done' },
};

/**
 * What a case needs and the client has not shown, as the reason to skip it. A capability that is not declared makes a
 * case not applicable; a habit that the client has not leaves its rules not verified.
 */
export function unmetClientNeed(testCase: ClientCase, { client }: { readonly [name: string]: Json }): Stop | null {
  if (!isObject(client)) return null;
  for (const need of testCase.needs ?? []) {
    const habit = HABITS[need];
    if (habit && client[habit.fact] !== true) {
      return { skip: habit.skip ?? 'not-verified', reason: habit.reason };
    }
    const [, word, capability = ''] = /^(declares|lacks):(.+)$/.exec(need) ?? [];
    if (!word) continue;
    const declared = declares(client.capabilities, capability);
    if (declared !== (word === 'declares')) {
      const reason = declared ? `the client declares ${capability}` : `the client does not declare ${capability}`;
      return { skip: 'not-applicable', reason };
    }
  }
  return null;
}

/** Whether capabilities hold a member, or one within another such as `roots.listChanged`. */
export function declares(capabilities: unknown, path: string): boolean {
  let value: unknown = capabilities;
  for (const part of path.split('.')) value = isObject(value) ? value[part] : undefined;
  return value !== undefined && value !== false && value !== null;
}
