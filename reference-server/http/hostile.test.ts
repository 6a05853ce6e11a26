import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { call, type Driver, drive, initialize, objectIn, postHeaders } from '../testing/driver.ts';

/** Opens a bare connection and writes to it. */
function open({ server }: Driver, text: string | Buffer): Socket {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(text);
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** All that comes back over a connection until it is closed. */
function received(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(text));
  });
}

/** Waits for the first bytes of an answer. */
function begun(socket: Socket): Promise<string> {
  return new Promise((resolve) => socket.once('data', (chunk) => resolve(chunk.toString('latin1'))));
}

async function expectServed(driver: Driver): Promise<void> {
  const session = await driver.openSession();
  const pong = await driver.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, session);
  expect(objectIn(pong)).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
}

const head = (lines: string[]) => ['POST /mcp HTTP/1.1', 'Host: localhost', ...lines, '', ''].join('\r\n');
const jsonFields = ['Content-Type: application/json', 'Accept: */*'];

describe('the next client is served after', () => {
  it('a body of 10 MB, of a length that was given', async () => {
    const driver = await drive();
    const answered = await driver.request('POST', postHeaders, Buffer.alloc(10 * 1024 * 1024, 'x'));
    expect(answered.status).toBe(413);
    expect(objectIn(answered)).toMatchObject({ error: { code: -32600 } });
    await expectServed(driver);
  });

  it('a body of 10 MB in chunks, over the same connection', async () => {
    const driver = await drive();
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    const ping = JSON.stringify(initialize());
    const next = `${head([...jsonFields, `Content-Length: ${ping.length}`, 'Connection: close'])}${ping}`;
    const body = `${chunk.repeat(10)}0\r\n\r\n`;
    const text = await received(open(driver, head([...jsonFields, 'Transfer-Encoding: chunked']) + body + next));
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
    await expectServed(driver);
  });

  it('1,000 header fields, a foreign Origin last', async () => {
    const driver = await drive();
    const many = Array.from({ length: 1000 }, (_, i) => `X${i}: y`);
    const text = await received(
      open(driver, head([...jsonFields, ...many, 'Origin: http://evil.example', 'Connection: close'])),
    );
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
    await expectServed(driver);
  });

  it('a header of 1 MB', async () => {
    const driver = await drive();
    const text = await received(open(driver, head([...jsonFields, `X: ${'y'.repeat(1024 * 1024)}`])));
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
    await expectServed(driver);
  });

  it('something that is not HTTP', async () => {
    const driver = await drive();
    expect(await received(open(driver, Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0])))).toMatch(/^HTTP\/1\.1 400 /);
    await expectServed(driver);
  });

  it('two Host fields', async () => {
    const driver = await drive();
    const text = await received(
      open(driver, head([...jsonFields, 'Host: localhost', 'Content-Length: 0', 'Connection: close'])),
    );
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    await expectServed(driver);
  });

  it('a whole URL of a foreign host in the place of the path', async () => {
    const driver = await drive();
    const lines = [
      'POST http://evil.example/mcp HTTP/1.1',
      'Host: localhost',
      'Content-Length: 0',
      'Connection: close',
    ];
    expect(await received(open(driver, `${lines.join('\r\n')}\r\n\r\n`))).toMatch(/^HTTP\/1\.1 403 /);
    await expectServed(driver);
  });

  it('a length longer than the body', async () => {
    const driver = await drive();
    const socket = open(driver, `${head([...jsonFields, 'Content-Length: 100'])}{`);
    const text = received(socket);
    socket.end();
    expect(await text).not.toMatch(/^HTTP\/1\.1 5/);
    await expectServed(driver);
  });

  it('connections that say nothing, or not all, or one byte at a time', async () => {
    const driver = await drive();
    for (let i = 0; i < 50; i += 1) {
      open(driver, '');
      open(driver, 'POST /mcp HT');
      const loris = open(driver, head([...jsonFields, 'Content-Length: 100000']));
      const dripping = setInterval(() => loris.write('x'), 50);
      onTestFinished(() => clearInterval(dripping));
    }
    await expectServed(driver);
  });

  it('clients that vanish in the middle of a stream', async () => {
    const driver = await drive();
    const { 'mcp-session-id': id } = await driver.openSession();
    const body = JSON.stringify(
      call(1, 'assay_progress', { steps: 20, delay_ms: 20 }, { _meta: { progressToken: 1 } }),
    );
    const fields = [...jsonFields, `Mcp-Session-Id: ${id}`, `Content-Length: ${body.length}`];
    const socket = open(driver, head(fields) + body);
    expect(await begun(socket)).toContain('text/event-stream');
    socket.resetAndDestroy();
    const cutOff = () => driver.log.some(({ event, complete }) => event === 'http' && complete === false);
    await vi.waitUntil(cutOff, 10_000);
    await expectServed(driver);
  });

  it('clients that vanish in the middle of a body', async () => {
    const driver = await drive();
    const socket = open(driver, `${head([...jsonFields, 'Content-Length: 100'])}{"json`);
    await vi.waitUntil(() => socket.bytesWritten > 100, 10_000);
    socket.resetAndDestroy();
    await expectServed(driver);
  });

  it('a client that reads nothing', async () => {
    const driver = await drive();
    const { 'mcp-session-id': id } = await driver.openSession();
    const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const fields = [...jsonFields, `Mcp-Session-Id: ${id}`, `Content-Length: ${list.length}`];
    const socket = open(driver, (head(fields) + list).repeat(200));
    socket.pause();
    await expectServed(driver);
  });

  it('thousands of sessions that nobody uses', async () => {
    const driver = await drive({ maxSessions: 10 });
    const flood = Array.from({ length: 1000 }, () => driver.post(initialize()));
    expect(new Set((await Promise.all(flood)).map(({ status }) => status))).toEqual(new Set([200]));
    await expectServed(driver);
  });

  it('messages nested ten thousand deep, and with names that objects inherit', async () => {
    const driver = await drive();
    const session = await driver.openSession();
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const bodies = [
      `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":${deep}}}`,
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"assay_slow","arguments":${deep}}}`,
      `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"__proto__":{"_meta":5},"constructor":{"prototype":{"x":1}}}}`,
      `{"__proto__":{"method":"ping"},"jsonrpc":"2.0","id":1}`,
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"__proto__"}}`,
    ];
    const statuses: number[] = [];
    for (const body of bodies)
      statuses.push((await driver.request('POST', { ...postHeaders, ...session }, body)).status);
    expect(statuses).toEqual([200, 200, 200, 400, 200]);
    expect({}).not.toHaveProperty('x');
    await expectServed(driver);
  });
});

it('closes although connections are half open and streams run', async () => {
  const driver = await drive();
  const session = await driver.openSession();
  const half = [open(driver, ''), open(driver, 'POST /mcp HT')];
  const ended = half.map(received);
  const stream = await driver.begin('GET', { accept: 'text/event-stream', ...session });
  await driver.server.close();
  await Promise.all([...ended, stream.body.text()]);
  await expect(driver.post(initialize())).rejects.toThrow();
});
