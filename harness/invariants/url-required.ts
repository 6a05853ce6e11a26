import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { condensed, judged } from './outcomes.ts';
import { targetMessages } from './target-messages.ts';

const ONLY = 'elicit.url-required.only';
const CODE = -32042;
/** Requests that no visit of a user can be needed for. */
const NEVER: readonly string[] = ['ping', 'initialize'];

/** When a server says that its user has to visit a URL first (2025-11-25, client/elicitation, "URL Elicitation Required Error"). */
export const urlRequired: Invariant = {
  id: 'invariant.ask.url-required',
  title: 'the server demands a visit to a URL only where there is one to make',
  occasion: 'an error that demands a visit to a URL',
  requires: [ONLY],
  judge: (view) =>
    view.revision !== '2025-11-25'
      ? []
      : conversationOf(view).sessions.flatMap(({ calls }) =>
          condensed(
            calls.flatMap((call) => {
              const refused = call.answeredIn.some((exchange) =>
                targetMessages(exchange).some(
                  ({ message: { value } }) =>
                    isObject(value) && value.id === call.id && isObject(value.error) && value.error.code === CODE,
                ),
              );
              if (!refused || !speaksRevision(view, call.exchange)) return [];
              const message = `${call.method} was refused until the user has visited a URL`;
              const needless = NEVER.includes(call.method) ? [{ message, path: 'error.code', actual: CODE }] : [];
              return judged(ONLY, call.exchange, needless, true);
            }),
          ),
        ),
};
