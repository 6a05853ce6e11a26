import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { type Told, traceOf } from '../judge/testing/trace-of.ts';
import { exchangesOf } from '../trace/exchange.ts';
import { whyNotServed, whyOnlyDiscovered } from './whether-served.ts';

const asks = (method: string, told: Told = {}): Told => ({
  sent: { jsonrpc: '2.0', id: 1, method },
  json: { jsonrpc: '2.0', id: 1, result: {} },
  ...told,
});
const error = (code: number): Json => ({ jsonrpc: '2.0', id: 1, error: { code, message: 'no' } });
const opening = asks('initialize', { headers: [['Mcp-Session-Id', 'abc']] });
const why = (...told: Told[]) => whyNotServed(exchangesOf(traceOf([opening, ...told])));

describe('a session', () => {
  it('is served where anything is answered with a result, or ping is not known', () => {
    expect(why(asks('ping'), asks('tools/list', { status: 500 }))).toBeNull();
    expect(why(asks('ping', { json: error(-32601) }), asks('tools/list', { json: error(-32603) }))).toBeNull();
    expect(why(asks('ping', { status: 404, json: error(-32601) }))).toBeNull();
    expect(why()).toBeNull();
  });

  it.each<[string, Told]>([
    ['ping and tools/list are answered with HTTP 500', { status: 500, chunks: ['oops'] }],
    ['HTTP 401.*: does it want credentials', { status: 401, chunks: [] }],
    ['HTTP 400 and the error', { status: 400, json: error(-32600) }],
    ['HTTP 307', { status: 307, chunks: [] }],
    ['HTTP 200 and the error \\{"code":-32603', { json: error(-32603) }],
    ['are not answered \\(timeout\\)', { status: null, end: 'timeout' }],
  ])('is of no use where %s', (sentence, told) => {
    const sent = (method: string): Told => ({ sent: { jsonrpc: '2.0', id: 1, method }, ...told });
    expect(why(sent('ping'), sent('tools/list'))).toMatch(new RegExp(`serves nothing in it: .*${sentence}`));
  });

  it('is lost where it is not known a moment later', () => {
    const lost = asks('tools/list', { status: 404, chunks: ['Session not found'] });
    const { json: _, ...told } = lost;
    expect(why(asks('ping'), told)).toMatch(/tools\/list .* with HTTP 404 .*several instances/);
  });

  it('ends with the process of its server', () => {
    const died: Told = { ...asks('ping'), method: 'stdin', status: null, end: 'broken', chunks: [] };
    const { json: _, ...told } = died;
    expect(why(asks('ping'), told)).toMatch(/process ended instead of answering ping/);
  });

  it('may be demanded by its id though none was issued', () => {
    const told = [asks('initialize'), asks('ping', { status: 400, json: error(-32600) })];
    expect(whyNotServed(exchangesOf(traceOf(told)))).toMatch(/it issues no session id; does it demand one/);
  });

  it('has to be there for a second client, too', () => {
    const second = { ...opening, client: 'b' };
    expect(why(asks('ping'), second)).toBeNull();
    expect(why(asks('ping'), { ...second, status: 400, json: error(-32600) })).toMatch(/lets one client in only/);
  });
});

describe('a server without sessions', () => {
  const look = (...told: Told[]) => whyOnlyDiscovered(exchangesOf(traceOf([asks('server/discover'), ...told])));
  it('is of no use where HTTP alone answers all but server/discover', () => {
    const { json: _, ...bare } = asks('tools/list', { status: 500, chunks: ['oops'] });
    expect(look(bare)).toMatch(/server\/discover and nothing else: tools\/list is answered with HTTP 500/);
    expect(look(asks('tools/list', { json: error(-32603) }))).toBeNull();
    expect(look()).toBeNull();
  });
});
