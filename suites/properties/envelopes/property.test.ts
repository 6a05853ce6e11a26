import { afterEach, describe, expect, it } from 'vitest';
import { type Exception, mcpScript, sendJson } from '../../../fixtures/scripted/mcp-script.ts';
import { startScripted } from '../../../fixtures/scripted/scripted-server.ts';
import { seed as randomSeed } from '../../../fixtures/seed.ts';
import type { Outcome } from '../../../harness/judge/outcome.ts';
import { limitsFor } from '../../../harness/target/limits.ts';
import { exchangesOf } from '../../../harness/trace/exchange.ts';
import { isObject } from '../../../harness/wire/json-rpc.ts';
import type { Json } from '../../../spec/messages.ts';
import { envelopesProperty } from './property.ts';

const leftOver: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const release of leftOver.splice(0).reverse()) await release();
});

/** Runs the property against a server that does what `exception` says; a seed and a server give one course of things. */
async function run(exception: Exception, seed: number, runs = 300, clients = 1) {
  const server = await startScripted(mcpScript(exception));
  leftOver.push(server.close);
  const made = await envelopesProperty.run({
    target: { url: server.url, credentials: [] },
    revision: '2025-11-25',
    limits: limitsFor(30_000),
    variables: {},
    runs,
    seed,
    clients,
  });
  await server.idle();
  return { ...made, outcomes: made.sightings.map(({ outcome }) => outcome), asked: server.asked };
}

type Broken = Extract<Outcome, { kind: 'broken' }>;

/** The one breach that was found, with the message that shows it. */
function breach(outcomes: readonly Outcome[]): Broken & { readonly smallest: Json } {
  const [outcome] = outcomes;
  if (outcome?.kind !== 'broken' || outcomes.length !== 1) throw new Error(`no breach: ${JSON.stringify(outcomes)}`);
  const [, text = 'null'] = /; the smallest such message: (.*)$/s.exec(outcome.message) ?? [];
  const smallest: Json = JSON.parse(text);
  return { ...outcome, smallest };
}

const isNested = (value: Json | undefined): boolean =>
  isObject(value) && Object.values(value).some((member) => isObject(member) && Object.keys(member).length > 0);

const flaws: {
  title: string;
  exception: Exception;
  requirement: string;
  says: RegExp;
  isSmall: (message: Json) => boolean;
}[] = [
  {
    title: 'takes garbage for a notification',
    exception: ({ message, body }, response) => {
      const isMessage = ['method', 'result', 'error'].some((member) => member in message) || body.length === 0;
      return !isMessage && Boolean(response.writeHead(202).end());
    },
    requirement: 'jsonrpc.follows-2.0',
    says: /^something that is no JSON-RPC message was accepted; /,
    isSmall: (message) => JSON.stringify(message).length < 30,
  },
  {
    title: 'crashes on a nested object',
    exception: ({ message }, _, socket) =>
      message.method !== 'initialize' && isNested(message.params) && Boolean(socket.destroy()),
    requirement: 'jsonrpc.follows-2.0',
    says: /^the message was not answered at all \(broken\); /,
    isSmall: (message) => isObject(message) && isNested(message.params) && JSON.stringify(message).length < 120,
  },
  {
    title: 'answers notifications with 200',
    exception: ({ message }, response) =>
      typeof message.method === 'string' && message.method.startsWith('notifications/assay') && !('id' in message)
        ? Boolean(response.writeHead(200).end())
        : false,
    requirement: 'http.post.notification-202',
    says: /^accepted with HTTP 200 instead of a bare 202; /,
    isSmall: (message) =>
      isObject(message) && message.params === undefined && message.method === 'notifications/assay/',
  },
  {
    title: 'takes a large id for none',
    exception: ({ message }, response) =>
      message.method === 'ping' && typeof message.id === 'number' && Math.abs(message.id) > 2 ** 24
        ? Boolean(response.writeHead(202).end())
        : false,
    requirement: 'ping.respond',
    says: /^a valid ping was not answered; /,
    isSmall: (message) => isObject(message) && message.params === undefined && message.method === 'ping',
  },
];

describe.each(flaws)('a server that $title', ({ exception, requirement, says, isSmall }) => {
  it.each([1, 2, 3])('is found out and the message shrunk, with seed %i', async (seed) => {
    const { outcomes, sightings } = await run(exception, seed);
    const found = breach(outcomes);
    expect(found).toMatchObject({ requirement, message: expect.stringMatching(says) });
    expect(found.smallest).toSatisfy(isSmall);
    const [sighting] = sightings;
    const exchange = sighting && exchangesOf(sighting.trace).find(({ id }) => id === found.evidence.exchange);
    expect(exchange?.sent[0]?.value).toEqual(found.smallest);
  });

  it('gives the same counterexample with the same seed', async () => {
    const [first, second] = [await run(exception, 11), await run(exception, 11)];
    expect(first.outcomes).toEqual(second.outcomes);
    expect(first.asked.map(({ body }) => body.toString())).toEqual(second.asked.map(({ body }) => body.toString()));
    expect(first).toMatchObject({ seed: 11, traces: [{ header: { case: 'property.envelopes', seed: 11 } }] });
  });
});

/** Nothing works any more after a request for an unknown method with params; a new session may mend that. */
const isPoison = (message: Json) =>
  isObject(message) && String(message.method).startsWith('assay/') && message.params !== undefined;
const poisoned = (isMendedBySession: boolean): Exception => {
  let isDown = false;
  return ({ message }, response, socket) => {
    if (message.method === 'initialize' && isMendedBySession) isDown = false;
    if (isDown) return Boolean(isMendedBySession ? response.writeHead(404).end() : socket.destroy());
    isDown = isPoison(message);
    return false;
  };
};

describe('a server that a message puts out of order', () => {
  it('is found out by the ping after it, and the message shrunk', async () => {
    const found = breach((await run(poisoned(true), 1)).outcomes);
    expect(found).toMatchObject({
      requirement: 'ping.respond',
      message: expect.stringMatching(/^after the message the session was not usable: /),
      smallest: { method: 'assay/', params: {} },
    });
  });

  it('for good is left alone, with the message that did it', async () => {
    const { outcomes, asked } = await run(poisoned(false), 1);
    expect(breach(outcomes)).toMatchObject({
      message: expect.stringMatching(
        /^after the message the session was not usable: the message was not answered at all/,
      ),
    });
    expect(breach(outcomes).smallest).toSatisfy(isPoison);
    // two, of which one may be sent once more where its connection broke
    expect(asked.filter(({ message }) => message.method === 'initialize').length).toBeLessThanOrEqual(3);
  });
});

it('a server that opens no session blocks the property', async () => {
  const { outcomes, asked } = await run((_, response) => Boolean(response.writeHead(503).end()), 1);
  expect(outcomes).toEqual(
    envelopesProperty.requires.map((requirement) => ({
      requirement,
      kind: 'skip',
      skip: 'blocked',
      reason: 'no session could be opened',
    })),
  );
  expect(asked).toHaveLength(1);
});

it('an error of the server’s own weighs less for a message that is not valid', async () => {
  const exception: Exception = ({ message }, response) =>
    !('method' in message || 'result' in message || 'error' in message) && sendJson(response, { oops: true }, 500);
  expect(breach((await run(exception, 1)).outcomes)).toMatchObject({
    requirement: 'jsonrpc.follows-2.0',
    atMost: 'warn',
  });
});

it('a server that keeps to the rules keeps every rule that the property knows', async () => {
  const { outcomes, traces, seed } = await run(() => false, randomSeed);
  expect(outcomes.map(({ kind, requirement }) => [kind, requirement]).sort()).toEqual(
    envelopesProperty.requires.map((id) => ['kept', id]).sort(),
  );
  expect(seed).toBe(randomSeed);
  const [trace] = traces;
  expect(Date.parse(trace?.header.startedAt ?? '')).toBeLessThan(Date.now() - (trace?.events.at(-1)?.at ?? 0) / 2);
  expect(trace && exchangesOf(trace).every(({ end }) => end?.how === 'complete')).toBe(true);
});

it('a server that goes away does not hold up the property', async () => {
  const exception: Exception = ({ message }, _, socket) => message.method !== 'initialize' && Boolean(socket.destroy());
  expect(breach((await run(exception, 1, 20)).outcomes).message).toMatch(/^the message was not answered at all/);
});

describe('several clients side by side', () => {
  const fine: Exception = () => false;

  it('try the messages that one would try in turn', async () => {
    const [alone, together] = [await run(fine, 5, 60), await run(fine, 5, 60, 4)];
    const generated = ({ asked }: typeof alone) =>
      asked
        .map(({ body }) => body.toString())
        .filter((text) => !/"method":"(initialize|notifications.initialized)"|"assay-after-/.test(text))
        .sort();
    expect(generated(together)).toEqual(generated(alone));
    expect(generated(alone).length).toBeGreaterThan(50);
    expect(together.asked.filter(({ message }) => message.method === 'initialize')).toHaveLength(4);
    expect(together.outcomes.map(({ kind }) => kind)).toEqual(['kept', 'kept', 'kept']);
  });

  it.each(flaws)(
    'find out and shrink what a server does that $title',
    async ({ exception, requirement, says, isSmall }) => {
      const found = breach((await run(exception, 1, 300, 4)).outcomes);
      expect(found).toMatchObject({ requirement, message: expect.stringMatching(says) });
      expect(found.smallest).toSatisfy(isSmall);
    },
  );

  it('find out a server that is put out of order for good', async () => {
    expect(breach((await run(poisoned(false), 1, 300, 4)).outcomes).message).toMatch(/was not answered at all/);
  });

  it('ask only once when no session is opened', async () => {
    const { outcomes, asked } = await run((_, response) => Boolean(response.writeHead(503).end()), 1, 20, 4);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['skip', 'skip', 'skip']);
    expect(asked.length).toBeLessThanOrEqual(2);
  });
});
