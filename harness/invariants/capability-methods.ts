import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { declares, serverCapabilities, speaksRevision } from './negotiated.ts';
import { type Breach, condensed, judged, show } from './outcomes.ts';
import { responseTo } from './progress.ts';

const RULE = 'lifecycle.op.negotiated-capabilities';

/** Methods that a capability is all about; others a server may well leave out, or cases judge them. */
const METHODS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'resources/subscribe': 'resources.subscribe',
    'resources/unsubscribe': 'resources.subscribe',
  }),
);

/** A client goes by what was declared: a server that says then that it has no such method does not keep to it. */
export const capabilityMethods: Invariant = {
  id: 'invariant.capabilities.methods',
  title: 'the server has the methods of the capabilities that it declares',
  occasion: 'requests for the features that the server declares',
  requires: [RULE],
  judge: (view) => {
    if (view.facts.era !== 'stateful') return [];
    const outcomes = conversationOf(view).sessions.flatMap((session) =>
      session.calls.flatMap((call) => {
        const capability = METHODS.get(call.method);
        const declared = serverCapabilities(session, call.exchange.startedAt);
        if (!capability || !declared || !declares(declared, capability)) return [];
        const response = responseTo(call);
        if (!response || !isObject(response.message.value) || !speaksRevision(view, call.exchange)) return [];
        const { error } = response.message.value;
        const unknown = isObject(error) && error.code === -32601;
        const message = `the server declares ${capability} and answers ${show(call.method)} with ${show(-32601)}`;
        const breach: Breach = { message, path: `${response.path}.error.code`, actual: -32601, atMost: 'warn' };
        return judged(RULE, call.exchange, unknown ? [breach] : [], true);
      }),
    );
    return condensed(outcomes);
  },
};
