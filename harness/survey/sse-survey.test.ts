import { afterEach, describe, expect, it } from 'vitest';
import { type SseException, startSseScript, writeEvent } from '../../fixtures/scripted/sse-script.ts';
import { deadTargets } from '../../fixtures/subjects/dead.ts';
import { limitsFor } from '../target/limits.ts';
import { survey } from './survey.ts';
import { openingOf, whyUnfit } from './why-no-connection.ts';

const leftOver: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const release of leftOver.splice(0).reverse()) await release();
});

async function serve(exception?: SseException): Promise<string> {
  const server = await startSseScript(exception);
  leftOver.push(server.close);
  return server.url;
}

const PATIENT = limitsFor(30_000);
const SHORT = limitsFor(400);

describe('a server over HTTP+SSE', () => {
  it('is found where a POST of initialize is refused, and a note says so', async () => {
    const found = await survey({ url: await serve(), credentials: [] }, PATIENT, null);
    expect(found).toMatchObject({ kind: 'judgeable', revision: '2024-11-05' });
    expect(found.trace.header.transport).toBe('http+sse');
    expect(found.notes?.join()).toMatch(/^Judged over HTTP\+SSE, .* a POST of initialize with HTTP 405 and a GET /);
  });

  it('is spoken to at once where its revision or its transport is asked for', async () => {
    for (const [transport, wanted] of [
      ['http+sse', null],
      [undefined, '2024-11-05'],
    ] as const) {
      const server = await startSseScript();
      leftOver.push(server.close);
      const found = await survey(
        { url: server.url, credentials: [], ...(transport && { transport }) },
        PATIENT,
        wanted,
      );
      expect([found.kind, found.notes]).toEqual(['judgeable', undefined]);
      expect(server.asked[0]?.method).toBe('GET');
    }
  });

  it('that wants Streamable HTTP gets no other', async () => {
    const found = await survey({ url: await serve(), credentials: [], transport: 'streamable-http' }, PATIENT, null);
    expect(found).toMatchObject({ kind: 'hopeless', reason: expect.stringContaining('HTTP 405 to initialize') });
  });
});

const opening =
  (write: Parameters<typeof writeEvent>[1] | null, data = '', status = 200): SseException =>
  ({ asked, response }) => {
    if (asked.method !== 'GET') return false;
    response.writeHead(status, { 'Content-Type': 'text/event-stream' });
    if (write === null) response.write(': nothing\n\n');
    else writeEvent(response, write, data);
    return true;
  };

const posts =
  (status: number): SseException =>
  ({ asked, response }) => {
    if (asked.method !== 'POST') return false;
    response.writeHead(status).end();
    return true;
  };

describe('a target that cannot be judged over HTTP+SSE gives one sentence', () => {
  const alive: { [name: string]: [SseException, RegExp] } = {
    'no endpoint event': [opening(null), /^its event stream has no endpoint event, .*: none came in time$/],
    'an endpoint elsewhere': [
      opening('endpoint', 'http://example.invalid/m'),
      /^its endpoint event names another origin, "http:\/\/example.invalid": no message is sent there$/,
    ],
    'no address': [opening('endpoint', 'http://'), /^its endpoint event names "http:\/\/", which is no address /],
    'GET refused': [opening(null, '', 404), /^it answers HTTP 404 to GET: HTTP\+SSE, .*, is not spoken at this /],
    'POST refused': [posts(404), /^it answers initialize with HTTP 404 at ".*\/messages\?id=1", where its endpoint /],
    'no answer': [
      posts(202),
      /^it takes initialize \(HTTP 202\), but sends no response to it on its event stream: none/,
    ],
  };
  it.each(Object.entries(alive))('%s', async (_, [exception, sentence]) => {
    const found = await survey({ url: await serve(exception), credentials: [], transport: 'http+sse' }, SHORT, null);
    expect(found.kind === 'hopeless' ? found.reason : found.kind).toMatch(sentence);
    const first = openingOf(found.trace);
    // the same can be said of the recorded trace
    expect(first && whyUnfit(found.trace, first)).toMatch(sentence);
  });

  it.each([
    ['nothing-listens', /^nothing accepts connections there /],
    ['html-site', /^it answers GET with text\/html \(HTTP 200\) and no event stream: /],
    ['wants-credentials', /^it answers HTTP 401 to GET: it wants credentials/],
    ['redirects-elsewhere', /^it redirects \(HTTP 302\) /],
    ['never-answers', /^it did not answer GET in time/],
  ])('%s', async (name, sentence) => {
    const dead = await deadTargets[name]?.start();
    if (!dead) throw new Error(`there is no dead target ${name}`);
    leftOver.push(dead.close);
    const found = await survey({ url: dead.url, credentials: [], transport: 'http+sse' }, SHORT, null);
    expect(found.kind === 'hopeless' ? found.reason : found.kind).toMatch(sentence);
  });
});
