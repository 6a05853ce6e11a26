import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startDelay } from './delay-proxy.ts';

it('lets what is sent wait in both directions, and changes nothing of it', async () => {
  const server = createServer((socket) => {
    socket.setEncoding('utf8').on('data', (text: string) => socket.end(`${text.length}:${text.split('\r\n')[0]}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const delay = await startDelay(`http://127.0.0.1:${port}/mcp`, 50);
  onTestFinished(() => delay.stop());
  expect(new URL(delay.url).pathname).toBe('/mcp');
  const { connect } = await import('node:net');
  const began = performance.now();
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(Number(new URL(delay.url).port), '127.0.0.1', () => socket.write('hello\r\n'));
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    socket.on('error', reject);
    socket.on('end', () => resolve(text));
  });
  expect(answer).toBe('7:hello');
  // timers may be early by a fraction of a millisecond each
  expect(performance.now() - began).toBeGreaterThan(98);
}, 60_000);
