import type { Json } from '../../../spec/messages.ts';
import type { Invariant } from '../../invariants/invariant.ts';
import { type Breach, judged, show } from '../../invariants/outcomes.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { type ClientMessage, clientTraffic, type Opening } from './client-traffic.ts';

/** Initialization comes before all else (lifecycle, initialization); pings may go before it. */
export const opensFirst: Invariant = {
  id: 'invariant.client.opening.first',
  title: 'the first message is initialize',
  occasion: 'messages of the client',
  requires: ['lifecycle.init.first'],
  judge: (view) => {
    const first = clientTraffic(view).messages.find(({ message }) => methodOf(message.value) !== 'ping');
    if (!first) return [];
    const method = methodOf(first.message.value);
    const problem = `the first message is ${method === null ? 'not a request' : method}, not initialize`;
    const breaches = method === 'initialize' ? [] : [{ message: problem, path: first.path }];
    return judged('lifecycle.init.first', first.exchange, breaches, true);
  },
};

/** What initialize says of the client (lifecycle, initialization). */
export const openingParams: Invariant = {
  id: 'invariant.client.opening.params',
  title: 'initialize states version, capabilities and clientInfo',
  occasion: 'an initialize request',
  requires: ['lifecycle.init.client-request'],
  judge: (view) =>
    clientTraffic(view).messages.flatMap(({ exchange, message: { value }, path }) => {
      if (!isObject(value) || value.method !== 'initialize') return [];
      return judged('lifecycle.init.client-request', exchange, gapsIn(value.params, `${path}.params`), true);
    }),
};

/** What of the params of initialize is missing or of the wrong type. */
export function gapsIn(params: Json | undefined, path: string): Breach[] {
  if (!isObject(params)) return [{ message: `initialize has params ${show(params)}`, path, actual: params }];
  const { protocolVersion, capabilities, clientInfo } = params;
  const info = isObject(clientInfo) ? clientInfo : null;
  const gap = (member: string, wanted: string, actual: Json | undefined): Breach => ({
    message: `initialize must have ${member}, ${wanted}; it has ${show(actual)}`,
    path: `${path}.${member}`,
    actual,
  });
  return [
    ...(typeof protocolVersion === 'string' ? [] : [gap('protocolVersion', 'a string', protocolVersion)]),
    ...(isObject(capabilities) ? [] : [gap('capabilities', 'an object', capabilities)]),
    ...(info ? [] : [gap('clientInfo', 'an object', clientInfo)]),
    ...(info && typeof info.name !== 'string' ? [gap('clientInfo.name', 'a string', info.name)] : []),
    ...(info && typeof info.version !== 'string' ? [gap('clientInfo.version', 'a string', info.version)] : []),
  ];
}

/** The client says that it is ready before it uses the session (lifecycle, initialization). */
export const confirmsOpening: Invariant = {
  id: 'invariant.client.opening.confirmed',
  title: 'a session that is used was confirmed by notifications/initialized',
  occasion: 'a session',
  requires: ['lifecycle.init.initialized-notification'],
  judge: (view) => {
    const traffic = clientTraffic(view);
    return traffic.openings.flatMap((opening) => {
      const later = traffic.messages.filter(({ exchange }) => traffic.openingOf(exchange) === opening);
      const confirmed = later.find(({ message }) => methodOf(message.value) === 'notifications/initialized');
      if (confirmed) return judged('lifecycle.init.initialized-notification', confirmed.exchange, [], true);
      const used = later.find(isOrdinaryRequest);
      const method = used ? methodOf(used.message.value) : null;
      const problem = `the client sent ${method} and never notifications/initialized`;
      return used
        ? judged(
            'lifecycle.init.initialized-notification',
            used.exchange,
            [{ message: problem, path: used.path }],
            true,
          )
        : [];
    });
  },
};

/** Nothing but pings before the answer to initialize (lifecycle, initialization). */
export const waitsForOpening: Invariant = {
  id: 'invariant.client.opening.awaited',
  title: 'no request but ping is sent before initialize is answered',
  occasion: 'messages of the client',
  requires: ['lifecycle.init.client-no-early-requests'],
  judge: (view) => {
    const { messages, openings } = clientTraffic(view);
    const [opening] = openings;
    if (!opening) return [];
    const early = messages.filter((said) => isOrdinaryRequest(said) && said.exchange.startedAt < answeredAt(opening));
    const breaches = early.map(({ exchange, message, path }) => ({
      exchange,
      breach: { message: `${methodOf(message.value)} was sent before initialize was answered`, path },
    }));
    if (!breaches.length) return judged('lifecycle.init.client-no-early-requests', opening.exchange, [], true);
    return breaches.flatMap(({ exchange, breach }) =>
      judged('lifecycle.init.client-no-early-requests', exchange, [breach], true),
    );
  },
};

function answeredAt({ exchange, doneAt }: Opening): number {
  return exchange.response?.at ?? doneAt;
}

function isOrdinaryRequest({ message: { envelope } }: ClientMessage): boolean {
  return envelope.kind === 'request' && envelope.method !== 'ping' && envelope.method !== 'initialize';
}

function methodOf(value: Json): string | null {
  return isObject(value) && typeof value.method === 'string' ? value.method : null;
}
