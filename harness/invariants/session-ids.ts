import type { Exchange } from '../trace/exchange.ts';
import { headerValues } from '../wire/headers.ts';
import { conversationOf, sentId } from './conversation.ts';
import { whyGuessable } from './guessable-ids.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { judged, show } from './outcomes.ts';

/** Ids of sessions may hold visible ASCII only. */
export const sessionIdCharset: Invariant = {
  id: 'invariant.session.id-charset',
  title: 'a session id holds visible ASCII characters only',
  occasion: 'a session id',
  requires: ['session.id-charset'],
  transports: ['streamable-http'],
  judge: (view) =>
    issuedIds(view).flatMap(({ exchange, id }) => {
      const odd = [...id].find((character) => character < '\x21' || character > '\x7e');
      const message = `the session id ${show(id)} holds ${show(odd)}, which is no visible ASCII character`;
      return judged('session.id-charset', exchange, odd ? [{ message, path: 'session', actual: id }] : [], id !== '');
    }),
};

/** What can be seen of chance: length, and that two ids are neither equal nor neighbours. */
export const sessionIdSecure: Invariant = {
  id: 'invariant.session.id-secure',
  title: 'session ids are long, differ, and do not count up',
  occasion: 'several session ids',
  requires: ['session.id-secure'],
  transports: ['streamable-http'],
  judge: (view) => {
    const ids = issuedIds(view);
    return ids.flatMap(({ exchange, id }, index) => {
      const earlier = ids.slice(0, index).map((one) => one.id);
      const why = whyGuessable('session id', id, earlier);
      return judged('session.id-secure', exchange, why ? [{ path: 'session', actual: id, message: why }] : [], true);
    });
  },
};

/** The ids that answers to initialize gave; one that the request itself already carried was not issued by them. */
function issuedIds(view: TraceView): { exchange: Exchange; id: string }[] {
  return conversationOf(view)
    .sessions.flatMap(({ openings }) => openings)
    .flatMap(({ exchange }) =>
      headerValues(exchange.response?.headers ?? [], 'mcp-session-id').map((id) => ({ exchange, id })),
    )
    .filter(({ exchange, id }) => id !== sentId(exchange))
    .sort((a, b) => a.exchange.id - b.exchange.id);
}
