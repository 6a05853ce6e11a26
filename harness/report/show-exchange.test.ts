import { expect, it } from 'vitest';
import { readExchanges } from '../trace/exchange.ts';
import type { TraceEvent } from '../trace/trace.ts';
import { showExchange } from './show-exchange.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));

it('shows the lines that a server over stdio wrote, secrets hidden', () => {
  const line = { kind: 'line', client: 'a', terminated: true } as const;
  const events: TraceEvent[] = [
    {
      kind: 'request',
      exchange: 0,
      client: 'a',
      step: 0,
      method: 'stdin',
      url: 'stdio:',
      headers: [],
      at: 1,
      body: bytes('{"jsonrpc":"2.0","id":7,"method":"ping"}\n'),
    },
    { ...line, at: 2, bytes: bytes('{"jsonrpc":"2.0","method":"notifications/message"}') },
    { ...line, at: 3, bytes: bytes('{"jsonrpc":"2.0","id":7,"result":{"key":"s3cret"}}') },
  ];
  const [exchange] = readExchanges(events);
  if (!exchange) throw new Error('there is no exchange');
  expect(showExchange(exchange, (text) => text.replaceAll('s3cret', '[hidden]'))).toMatchObject({
    response: null,
    lines: '{"jsonrpc":"2.0","method":"notifications/message"}\n{"jsonrpc":"2.0","id":7,"result":{"key":"[hidden]"}}\n',
    answeredAfterMs: null,
  });
});
