/** What the test client does in each scenario that has a name of its own. */
import type { Action } from './action.ts';
import type { Context } from './context.ts';

/** What to do in a scenario, and how to answer the server meanwhile. */
export type Scenario = { actions: Action[] } & Pick<Context, 'answers'>;

const LIST: Action = { do: 'list-tools' };

/** In any other scenario: connect, read the tools if there are any, close. */
const DEFAULT: Scenario = { actions: [{ do: 'list-tools', ifOffered: true }] };

/** The names with underscores, and those of the last two, are the official suite's. */
const SCENARIOS: Record<string, Scenario> = {
  initialize: DEFAULT,
  ping: { actions: [{ do: 'ping' }] },
  'list-twice': { actions: [LIST, LIST] },
  tools_call: { actions: [LIST, { do: 'call-tool', name: 'add_numbers', arguments: { a: 5, b: 3 } }] },
  'sse-retry': { actions: [LIST, { do: 'call-tool', name: 'test_reconnection', arguments: {} }] },
  'elicitation-sep1034-client-defaults': {
    actions: [
      // The suite's server asks on the stream that belongs to no request.
      { do: 'open-stream' },
      LIST,
      { do: 'call-tool', name: 'test_client_elicitation_defaults', arguments: {} },
    ],
    answers: { 'elicitation/create': 'accept-defaults' },
  },
};

/**
 * The scenario of that name, as its context changes it: `actions` take the place of the scenario's own, `tool` is called
 * after the list has been read, `answers` are added.
 */
export function scenarioNamed(name: string | undefined, context: Context): Scenario {
  const known = Object.entries(SCENARIOS).find(([known]) => known === name)?.[1] ?? DEFAULT;
  const call: Action[] = context.tool ? [LIST, { do: 'call-tool', ...context.tool }] : known.actions;
  return { actions: context.actions ?? call, answers: { ...known.answers, ...context.answers } };
}
