import type { Exchange } from '../exchange.ts';
import { headerValues } from '../wire/headers.ts';
import { conversationOf, sentId } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { type Breach, judged, show } from './outcomes.ts';

/** Shorter ids hold too little chance to be hard to guess: 16 hexadecimal digits are 64 bits. */
const FEWEST_CHARACTERS = 16;
/** Two ids that differ in so few characters at one place were counted, not drawn. */
const MOST_COUNTED_CHARACTERS = 4;

/** Ids of sessions may hold visible ASCII only. */
export const sessionIdCharset: Invariant = {
  id: 'invariant.session.id-charset',
  title: 'a session id holds visible ASCII characters only',
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
  requires: ['session.id-secure'],
  transports: ['streamable-http'],
  judge: (view) => {
    const ids = issuedIds(view);
    return ids.flatMap(({ exchange, id }, index) => {
      const earlier = ids.slice(0, index).map((one) => one.id);
      return judged('session.id-secure', exchange, weaknesses(id, earlier), true);
    });
  },
};

function weaknesses(id: string, earlier: readonly string[]): Breach[] {
  const found = { path: 'session', actual: id };
  if (id.length < FEWEST_CHARACTERS) {
    return [{ ...found, message: `the session id ${show(id)} has ${id.length} characters only: it can be guessed` }];
  }
  if (earlier.includes(id)) return [{ ...found, message: `the session id ${show(id)} was issued twice` }];
  const neighbour = earlier.find((other) => isNeighbour(id, other));
  if (neighbour === undefined) return [];
  return [
    { ...found, message: `the session ids ${show(neighbour)} and ${show(id)} hardly differ: they can be guessed` },
  ];
}

function isNeighbour(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const differ = [...a].flatMap((character, at) => (character === b[at] ? [] : [at]));
  return (differ.at(-1) ?? 0) - (differ[0] ?? 0) < MOST_COUNTED_CHARACTERS;
}

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
