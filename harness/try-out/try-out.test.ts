import { afterEach, expect, it } from 'vitest';
import { startReferenceServer } from '../../reference-server/index.ts';
import { foundByTrying } from '../stimuli/found-by-trying.ts';
import { survey } from '../survey/survey.ts';
import { limitsFor } from '../target/limits.ts';
import { exchangesOf } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { tryOut } from './try-out.ts';

const leftOver: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const release of leftOver.splice(0).reverse()) await release();
});

async function tried(policy: 'none' | 'read-only') {
  const server = await startReferenceServer({ log: () => {}, userServiceUrl: 'http://127.0.0.1:9' });
  leftOver.push(() => server.close());
  const target = { url: server.url, credentials: [] };
  const limits = limitsFor(10_000);
  const found = await survey(target, limits, '2026-07-28');
  if (found.kind === 'hopeless') throw new Error(found.reason);
  const { trace, ...shown } = await tryOut({ target, limits, ...found }, policy);
  const messages = exchangesOf(trace).flatMap(({ sent }) => sent.map(({ value }) => (isObject(value) ? value : {})));
  return { ...shown, methods: new Set(messages.map(({ method }) => method)) };
}

it('uses what a server shows, and learns from what its tools do', async () => {
  const { stimuli, tried: calls, methods } = await tried('read-only');
  expect([...methods]).toEqual(
    expect.arrayContaining([
      'resources/read',
      'prompts/get',
      'completion/complete',
      'subscriptions/listen',
      'tools/call',
    ]),
  );
  expect(foundByTrying(calls)).toMatchObject({ 'progressing-tool': { name: expect.stringMatching(/./) } });
  expect(stimuli).toMatchObject({ 'gettable-prompt': { name: expect.stringMatching(/./) } });
});

it('calls nothing that may not be called', async () => {
  const { tried: calls, methods } = await tried('none');
  expect(methods).not.toContain('tools/call');
  expect(calls).toEqual([]);
});
