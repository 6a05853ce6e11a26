import type { JsonObject } from '../../../spec/messages.ts';

const LIST = { do: 'list-tools' };

const ACTIONS: { readonly [scenario: string]: readonly JsonObject[] } = {
  tools_call: [LIST, { do: 'call-tool', name: 'add_numbers', arguments: { a: 5, b: 3 } }],
  'sse-retry': [LIST, { do: 'call-tool', name: 'test_reconnection', arguments: {} }],
};

/** What a scenario means, as actions for the context; nothing for a scenario that is left to the client. */
export function actionsOf(scenario: string): { actions?: JsonObject[] } {
  const actions = ACTIONS[scenario];
  return actions ? { actions: [...actions] } : {};
}
