import { describe } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { holdsAgainst, type Row } from './testing/table.ts';
import { request, result } from './testing/trace-builder.ts';
import { traceContext } from './trace-context.ts';

const revision = '2026-07-28';
const sent = request(1, 'server/discover', { _meta: { 'io.modelcontextprotocol/protocolVersion': revision } });
const KEPT = ['kept meta.trace-format #1'];
const BROKEN = ['broken meta.trace-format #1'];
const trace = '0af7651916cd43dd8448eb211c80319c';
const parent = 'b7ad6b7169203331';

function row(key: string, value: Json, says: readonly string[]): Row {
  return {
    shows: `${key} ${JSON.stringify(value)}`,
    revision,
    exchanges: [{ sent, json: result(1, { _meta: { [key]: value } }) }],
    says,
  };
}

describe('trace context in _meta', () => {
  holdsAgainst(traceContext, [
    row('traceparent', `00-${trace}-${parent}-01`, KEPT),
    row('traceparent', `cc-${trace}-${parent}-01-more`, KEPT),
    row('traceparent', `00-${trace}-${parent}-01-more`, BROKEN),
    row('traceparent', `ff-${trace}-${parent}-01`, BROKEN),
    row('traceparent', `00-${trace.toUpperCase()}-${parent}-01`, BROKEN),
    row('traceparent', `00-${'0'.repeat(32)}-${parent}-01`, BROKEN),
    row('traceparent', `00-${trace}-${'0'.repeat(16)}-01`, BROKEN),
    row('traceparent', '', BROKEN),
    row('traceparent', null, BROKEN),
    row('tracestate', 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE', KEPT),
    row('tracestate', 'fw529a3039@dt=FfAAAAAH, ,\tb=1', KEPT),
    row('tracestate', '', KEPT),
    row('tracestate', 'Rojo=1', BROKEN),
    row('tracestate', 'rojo', BROKEN),
    row('tracestate', Array.from({ length: 33 }, (_, at) => `k${at}=1`).join(','), BROKEN),
    row('baggage', 'userId=alice, serverNode=DF%2028;prop;ttl=3 , isProduction=false', KEPT),
    row('baggage', 'userId=', KEPT),
    row('baggage', '', KEPT),
    row('baggage', 'userId', BROKEN),
    row('baggage', 'user id=1', BROKEN),
    row('baggage', 'userId="alice"', BROKEN),
    row('baggage', { userId: 'alice' }, BROKEN),
    row('other', 'whatever', []),
  ]);
});
