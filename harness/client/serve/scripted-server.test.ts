import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { limitsFor } from '../../target/limits.ts';
import { readExchanges } from '../../trace/exchange.ts';
import { Recorder } from '../../trace/trace.ts';
import { ScriptPlayer } from '../script/player.ts';
import type { ServerScript } from '../script/server-script.ts';
import { ScriptedServer } from './scripted-server.ts';

const open: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serving(script: ServerScript = {}, stepMs = 5_000) {
  const recorder = new Recorder();
  const server = await ScriptedServer.start(new ScriptPlayer(script, '2025-11-25'), recorder, limitsFor(stepMs));
  open.push(server);
  return { server, exchanges: () => readExchanges(recorder.events), recorder };
}

const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

function posting(url: string, body = ping, signal?: AbortSignal) {
  return fetch(url, { method: 'POST', body, headers: { 'X-Assay': '1' }, ...(signal ? { signal } : {}) });
}

it('records the request as it came and the answer as it went', async () => {
  const { server, exchanges } = await serving();
  const answer = await posting(server.url);
  expect(await answer.json()).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
  await server.close();
  const [exchange, ...others] = exchanges();
  expect(others).toEqual([]);
  expect(exchange).toMatchObject({
    method: 'POST',
    url: server.url,
    end: { how: 'complete' },
    response: { status: 200 },
  });
  expect(Buffer.from(exchange?.requestBody ?? []).toString()).toBe(ping);
  expect(exchange?.requestHeaders).toContainEqual(['X-Assay', '1']);
  expect(exchange?.payload.messages.map(({ value }) => value)).toEqual([{ jsonrpc: '2.0', id: 1, result: {} }]);
});

it('records header names in the spelling that they had', async () => {
  const { server, exchanges } = await serving();
  await new Promise((resolve) => {
    request(server.url, { method: 'POST', headers: { 'mcp-SESSION-id': 'x' } }, (answer) =>
      answer.resume().on('end', resolve),
    ).end(ping);
  });
  await server.close();
  expect(exchanges()[0]?.requestHeaders).toContainEqual(['mcp-SESSION-id', 'x']);
});

it('sends each chunk by itself', async () => {
  const { server } = await serving({
    answers: [{ to: 'ping', stream: { cut: 'characters', events: [{ raw: 'a🔍b' }] } }],
  });
  const answer = await posting(server.url);
  const chunks: number[] = [];
  for await (const chunk of answer.body ?? []) chunks.push(chunk.length);
  expect(chunks).toEqual([2, 1, 1, 2]);
});

it('breaks a connection where the script wants it', async () => {
  const { server, exchanges } = await serving({
    answers: [{ to: 'ping', stream: { events: [{ data: 'x' }], ending: 'drop' } }],
  });
  const answer = await posting(server.url);
  await expect(answer.text()).rejects.toThrow();
  expect(exchanges()[0]).toMatchObject({ end: { how: 'closed-by-harness' } });
  expect(exchanges()[0]?.payload.events).toMatchObject([{ data: 'x' }]);
});

it('leaves a stream open to the end', async () => {
  const { server, exchanges } = await serving({
    answers: [{ to: 'GET', stream: { events: [{ data: 'x' }], ending: 'open' } }],
  });
  const answer = await fetch(server.url);
  const reader = answer.body?.getReader();
  expect((await reader?.read())?.value?.length).toBe(24);
  expect(exchanges()[0]?.end).toBeNull();
  await server.close();
  await expect(reader?.read()).rejects.toThrow();
  expect(exchanges()[0]).toMatchObject({ end: { how: 'closed-by-harness' } });
});

it('notes that a client went away', async () => {
  const { server, exchanges } = await serving({ answers: [{ to: 'ping', delay: 60_000 }] });
  const controller = new AbortController();
  const asked = posting(server.url, ping, controller.signal).catch(() => 'gone');
  await expect.poll(() => exchanges().length).toBe(1);
  controller.abort();
  expect(await asked).toBe('gone');
  await expect.poll(() => exchanges()[0]?.end?.how).toBe('broken');
  expect(exchanges()[0]?.response).toBeNull();
});

it('holds an event until its question is answered', async () => {
  const events = [{ message: { id: 'q', method: 'ping' } }, { response: true as const, awaitsAnswers: true }];
  const { server, exchanges } = await serving({ answers: [{ to: 'tools/list', stream: { events } }] });
  const listing = posting(server.url, JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list' })).then((it) =>
    it.text(),
  );
  await expect.poll(() => exchanges()[0]?.payload.messages.length).toBe(1);
  await posting(server.url, JSON.stringify({ jsonrpc: '2.0', id: 'q', result: {} }));
  await listing;
  const [list, answer] = exchanges();
  expect(list?.payload.messages).toHaveLength(2);
  expect(list?.payload.messages[1]?.at).toBeGreaterThanOrEqual(answer?.startedAt ?? Number.POSITIVE_INFINITY);
});

it('answers other addresses with 404', async () => {
  const { server } = await serving();
  expect((await fetch(new URL('/.well-known/x', server.url))).status).toBe(404);
});

it('says when nothing comes any more, counting from the last request', async () => {
  const { server, exchanges } = await serving({ answers: [{ to: 'ping', delay: 150 }] });
  const over = new AbortController();
  let silent = false;
  const quiet = server.quiet(60_000, 50, over.signal).then(() => {
    silent = true;
  });
  await sleep(120);
  expect(silent).toBe(false);
  await posting(server.url);
  await quiet;
  expect(exchanges()[0]?.end?.how).toBe('complete');
  over.abort();
});
