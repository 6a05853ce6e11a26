import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { startReferenceServer } from './index.ts';

/**
 * Puts the reference server under load and prints what came of it: many sessions and as many clients without sessions do
 * mixed work side by side, each checks that every answer is its own, and in the end memory is compared with what it was.
 *
 *     node --expose-gc --import tsx reference-server/bench.ts [SECONDS] [SESSIONS]
 */
const SECONDS = Number(process.argv[2] ?? 30);
const SESSIONS = Number(process.argv[3] ?? 200);

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

interface Tally {
  done: number;
  errors: string[];
  slowest: number;
}

const agent = new Agent({ connections: 400, pipelining: 1 });
const tally: Tally = { done: 0, errors: [], slowest: 0 };

async function post(url: string, headers: Record<string, string>, message: object) {
  const answered = await request(url, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify(message),
  });
  return { status: answered.statusCode, headers: answered.headers, text: await answered.body.text() };
}

/** Does one thing after another until the time is up. */
async function work(until: number, name: string, act: (count: number) => Promise<string | undefined>): Promise<void> {
  for (let count = 0; performance.now() < until; count += 1) {
    const began = performance.now();
    const problem = await act(count).catch((error: unknown) => String(error));
    tally.slowest = Math.max(tally.slowest, performance.now() - began);
    tally.done += 1;
    if (problem !== undefined) tally.errors.push(`${name}: ${problem}`);
  }
}

/** A client with a session of its own. Its counter tells whether anybody else's work gets into it. */
async function sessionClient(url: string, until: number, number: number): Promise<void> {
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: `bench-${number}`, version: '1' },
  };
  const opened = await post(url, {}, { jsonrpc: '2.0', id: 0, method: 'initialize', params });
  const session = { 'mcp-session-id': String(opened.headers['mcp-session-id']) };
  await post(url, session, { jsonrpc: '2.0', method: 'notifications/initialized' });
  let updates = 0;
  const call = async (id: string, method: string, callParams: object, expected: string) => {
    const { status, text } = await post(url, session, { jsonrpc: '2.0', id, method, params: callParams });
    return status === 200 && text.includes(`"id":"${id}"`) && text.includes(expected) ? undefined : `${status} ${text}`;
  };
  await work(until, `session ${number}`, async (count) => {
    const id = `${number}-${count}`;
    switch (count % 6) {
      case 0:
        return call(id, 'tools/list', {}, 'assay_slow');
      case 1:
        return call(
          id,
          'tools/call',
          { name: 'assay_progress', arguments: { steps: 3 }, _meta: { progressToken: id } },
          'Finished',
        );
      case 2:
        updates += 1;
        return call(id, 'tools/call', { name: 'assay_update_resource' }, `is now ${updates}.`);
      case 3:
        return call(id, 'resources/read', { uri: 'assay://counter' }, `"text":"${updates}"`);
      case 4:
        return call(id, 'prompts/get', { name: 'introduce_user', arguments: { id } }, `number ${id} `);
      default:
        return call(id, 'tools/call', { name: 'assay_slow', arguments: { ms: 5 } }, 'Waited');
    }
  });
  await request(url, { method: 'DELETE', dispatcher: agent, headers: session }).then(({ body }) => body.dump());
}

/** A client without one: every request says all there is to know. */
async function statelessClient(url: string, until: number, number: number): Promise<void> {
  await work(until, `client ${number}`, async (count) => {
    const id = `${number}-${count}`;
    const name = count % 2 === 0 ? 'assay_greeting' : 'assay_structured';
    const method = count % 2 === 0 ? 'prompts/get' : 'tools/call';
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, 'mcp-name': name };
    const { status, text } = await post(url, headers, { jsonrpc: '2.0', id, method, params: { name, _meta: META } });
    return status === 200 && text.includes(`"id":"${id}"`) && text.includes('"complete"')
      ? undefined
      : `${status} ${text}`;
  });
}

async function settledMemory(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await sleep(200);
  }
  return process.memoryUsage().heapUsed;
}

async function load(url: string, seconds: number): Promise<void> {
  const until = performance.now() + seconds * 1000;
  const clients = Array.from({ length: SESSIONS }, (_, number) => number);
  await Promise.all([
    ...clients.map((number) => sessionClient(url, until, number)),
    ...clients.slice(0, Math.ceil(SESSIONS / 4)).map((number) => statelessClient(url, until, number)),
  ]);
}

const { url, close } = await startReferenceServer({
  userServiceUrl: 'http://127.0.0.1:9',
  toolCallsPerSecond: 1_000_000,
  log: () => {},
});
// The first round warms up what is compiled and kept for good.
await load(url, 2);
tally.done = 0;
tally.slowest = 0;
const before = await settledMemory();
const began = performance.now();
await load(url, SECONDS);
const seconds = (performance.now() - began) / 1000;
const busy = process.memoryUsage().heapUsed;
const after = await settledMemory();
const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

console.log(`${SESSIONS} sessions and ${Math.ceil(SESSIONS / 4)} clients without one, for ${seconds.toFixed(1)} s`);
console.log(
  `${tally.done} requests, ${Math.round(tally.done / seconds)} a second, the slowest ${Math.round(tally.slowest)} ms`,
);
console.log(`${tally.errors.length} errors or answers to somebody else ${tally.errors.slice(0, 3).join(' | ')}`);
console.log(
  `heap ${mebibytes(before)} before, ${mebibytes(busy)} at the end, ${mebibytes(after)} after the sessions closed`,
);
console.log(
  `change ${(((after - before) / before) * 100).toFixed(1)} %${globalThis.gc ? '' : ' (run with --expose-gc to have it settle)'}`,
);
await agent.close();
await close();
