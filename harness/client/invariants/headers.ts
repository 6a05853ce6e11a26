import type { Json } from '../../../spec/messages.ts';
import { factsOf, isRevision } from '../../../spec/revisions.ts';
import type { Invariant } from '../../invariants/invariant.ts';
import { type Breach, judged, show } from '../../invariants/outcomes.ts';
import type { Exchange } from '../../trace/exchange.ts';
import { headerValues } from '../../wire/headers.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { carriesInitialize } from '../judge/endpoint-exchanges.ts';
import { agreedVersion, type ClientTraffic, clientTraffic, type Opening } from './client-traffic.ts';

/** The session id in every request after it was issued (transports, session management). */
export const sessionHeader: Invariant = {
  id: 'invariant.client.session-header',
  title: 'every request after initialize carries the session id that was issued',
  occasion: 'requests after initialize, in a session with an id',
  requires: ['session.client-includes'],
  judge: (view) => {
    const traffic = clientTraffic(view);
    const issued = traffic.openings.flatMap(({ session }) => session ?? []);
    return laterRequests(traffic).flatMap(({ exchange, opening }) => {
      if (opening.session === null) return [];
      return judged('session.client-includes', exchange, sessionFaults(exchange, issued), true);
    });
  },
};

function sessionFaults(exchange: Exchange, issued: readonly string[]): Breach[] {
  const values = headerValues(exchange.requestHeaders, 'mcp-session-id');
  if (values.length === 1 && issued.includes(values[0] ?? '')) return [];
  const path = 'headers.mcp-session-id';
  if (!values.length) return [{ message: `${nameOf(exchange)} carries no session id`, path }];
  const actual = values.join(', ');
  return [
    { message: `${nameOf(exchange)} carries the session id ${show(actual)}, which was not issued`, path, actual },
  ];
}

const REQUIRES = ['http.protocol-version.client-sends', 'http.protocol-version.negotiated'] as const;
const [SENDS, NEGOTIATED] = REQUIRES;

/**
 * The protocol version in every request after initialize (transports, protocol version header). What was agreed on says
 * whether there is such a rule; the version that the header should name is the same one.
 */
export const versionHeader: Invariant = {
  id: 'invariant.client.version-header',
  title: 'every request after initialize names the protocol version that was agreed on',
  occasion: 'requests after initialize',
  requires: REQUIRES,
  judge: (view) =>
    laterRequests(clientTraffic(view)).flatMap(({ exchange, opening }) => {
      const agreed = agreedVersion(opening);
      if (agreed === null || !isRevision(agreed) || !factsOf(agreed).versionHeader) return [];
      const values = headerValues(exchange.requestHeaders, 'mcp-protocol-version');
      const path = 'headers.mcp-protocol-version';
      const actual = values.join(', ');
      const missing = `${nameOf(exchange)} carries no MCP-Protocol-Version`;
      const other = `${nameOf(exchange)} names version ${show(actual)}, agreed on was ${show(agreed)}`;
      return [
        ...judged(SENDS, exchange, values.length ? [] : [{ message: missing, path }], true),
        ...judged(NEGOTIATED, exchange, actual === agreed ? [] : [{ message: other, path, actual }], true).filter(
          () => values.length > 0,
        ),
      ];
    }),
};

/**
 * The requests that a client surely made when it had the answer to initialize: from notifications/initialized on or, where
 * that is missing, from the end of the answer on. Requests that open anew, and answers to what came with the opening, are
 * left out.
 */
function laterRequests({ exchanges, openings, openingOf }: ClientTraffic): { exchange: Exchange; opening: Opening }[] {
  const asked = openings.flatMap(({ exchange }) =>
    exchange.payload.messages.flatMap(({ value }) => (isCall(value) ? idOf(value) : [])),
  );
  return exchanges.flatMap((exchange) => {
    const opening = openingOf(exchange);
    if (!opening || exchange.startedAt < readyAt(opening, exchanges) || isOpening(exchange, exchanges)) return [];
    const answersEarly = exchange.sent.some(({ value }) => !isCall(value) && asked.includes(idOf(value)));
    return answersEarly ? [] : [{ exchange, opening }];
  });
}

/** Whether an exchange opens a session, or was made while another one did. */
function isOpening({ startedAt }: Exchange, exchanges: readonly Exchange[]): boolean {
  return exchanges.some(
    (other) => carriesInitialize(other) && other.startedAt <= startedAt && startedAt <= (other.end?.at ?? startedAt),
  );
}

function readyAt({ doneAt }: Opening, exchanges: readonly Exchange[]): number {
  const ready = exchanges.find(
    ({ startedAt, sent }) => startedAt > doneAt && sent.some(({ value }) => confirms(value)),
  );
  return ready?.startedAt ?? doneAt;
}

function confirms(value: Json): boolean {
  return isObject(value) && value.method === 'notifications/initialized';
}

function isCall(value: Json): boolean {
  return isObject(value) && 'method' in value;
}

/** The id of a message as JSON, so that ids of different types differ. */
function idOf(value: Json): string {
  return isObject(value) && value.id !== undefined ? JSON.stringify(value.id) : '';
}

function nameOf({ method, sent }: Exchange): string {
  const [first] = sent;
  const kind = first?.envelope.kind;
  if (kind === 'request' || kind === 'notification') return `the ${method} of ${first?.envelope.method}`;
  return kind === 'success' || kind === 'failure' ? `the ${method} of a response` : `the ${method}`;
}
