import { expect, it } from 'vitest';
import { limitsFor } from '../../target/limits.ts';
import { surveyClient } from './client-survey.ts';
import { commandClient } from './command-client.ts';

const node = (script: string) => commandClient([process.execPath, '-e', script]);

function survey(
  start: ReturnType<typeof commandClient>,
  revision: Parameters<typeof surveyClient>[1] = null,
  stepMs = 10_000,
) {
  return surveyClient({ start, name: 'tested', limits: limitsFor(stepMs) }, revision);
}

/** A client in a few lines: `post` sends a message and gives the text of the answer. */
const CLIENT = `
  const url = process.argv.at(-1);
  const post = async (message) => {
    const headers = { Accept: 'application/json, text/event-stream', 'Content-Type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
    return response.text();
  };
  const initialize = (protocolVersion) => post({ id: 1, method: 'initialize',
    params: { protocolVersion, capabilities: { roots: {} }, clientInfo: { name: 'few lines', version: '1' } } });
  const ready = () => post({ method: 'notifications/initialized' });
`;

it.each<[string, ReturnType<typeof node>, RegExp]>([
  ['does not exist', commandClient(['mcp-assay-no-such-command']), /^it could not be started: .*ENOENT/],
  [
    'ends at once',
    node('console.error("no"); process.exit(3)'),
    /^it ended with exit code 3 before it connected .*; it said: no$/,
  ],
  ['kills itself', node('process.kill(process.pid, "SIGKILL")'), /^it was ended by SIGKILL before it connected/],
  ['opens with a GET', node('fetch(process.argv.at(-1))'), /^it opened with a GET .* HTTP\+SSE/],
  [
    'sends something else',
    node(`${CLIENT} post({ id: 1, method: 'ping' })`),
    /^it connected but sent no initialize \(its first request was POST http/,
  ],
  [
    'speaks the newest revision only',
    node(
      `${CLIENT} post({ id: 1, method: 'x', params: { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } } })`,
    ),
    /^it speaks revision 2026-07-28, and does not go over to initialize/,
  ],
  [
    'stops after initialize',
    node(`${CLIENT} initialize('2025-06-18')`),
    /^it offers protocolVersion "2025-06-18" and goes no further when that is accepted$/,
  ],
  [
    'speaks an older revision',
    node(`${CLIENT} initialize('2024-11-05').then(ready)`),
    /^it offers protocolVersion "2024-11-05", which cannot be judged over Streamable HTTP/,
  ],
])(
  'says of a client that %s why it cannot be judged',
  async (_, start, reason) => {
    expect(await survey(start)).toMatchObject({ kind: 'hopeless', reason: expect.stringMatching(reason) });
  },
  30_000,
);

it('says of a client that never connects why it cannot be judged', async () => {
  const found = await survey(node('setInterval(() => {}, 1e6)'), null, 500);
  expect(found).toMatchObject({
    kind: 'hopeless',
    reason: expect.stringMatching(/^it did not connect within 1000 ms/),
  });
}, 30_000);

it('insists on the revision that is wished for', async () => {
  const strict = `${CLIENT} initialize('2025-11-25').then((text) => text.includes('"2025-11-25"') && ready())`;
  expect(await survey(node(strict), '2025-11-25')).toMatchObject({ kind: 'judgeable', revision: '2025-11-25' });
  expect(await survey(node(strict), '2025-06-18')).toMatchObject({
    kind: 'hopeless',
    reason: expect.stringMatching(/^it does not speak revision 2025-06-18: it offers protocolVersion "2025-11-25"/),
  });
  expect(await survey(node(strict), '2026-07-28')).toMatchObject({
    kind: 'hopeless',
    reason: expect.stringMatching(/^clients cannot be judged at revision 2026-07-28 yet; choose one of 2025-11-25/),
  });
}, 30_000);

it('sees what a client does of itself', async () => {
  const found = await survey(
    node(`${CLIENT} initialize('2025-06-18').then(ready)
    .then(() => post({ id: 2, method: 'tools/list' })).then(() => post({ id: 3, method: 'tools/list', params: { cursor: 'assay-page-2' } }))`),
  );
  expect(found).toMatchObject({
    kind: 'judgeable',
    revision: '2025-06-18',
    answerAs: 'json',
    facts: {
      listsTools: true,
      callsTools: false,
      followsPages: true,
      takesActions: false,
      readsStreams: true,
      ends: true,
      offers: '2025-06-18',
      capabilities: { roots: {} },
      clientInfo: { name: 'few lines', version: '1' },
    },
    trace: { header: { case: 'survey', side: 'client', revision: '2025-06-18' } },
  });
}, 30_000);

it.each([
  ['JSON', 'JSON.parse(text)', { answerAs: 'json', facts: { readsStreams: false } }],
  [
    'event streams',
    "if (!text.startsWith('event:')) throw new Error('no stream')",
    { answerAs: 'stream', facts: { readsStreams: true } },
  ],
])(
  'finds the form of answers that a client reads: %s',
  async (_, read, shown) => {
    const start = node(`${CLIENT} initialize('2025-11-25').then((text) => { ${read} }).then(ready)`);
    expect(await survey(start)).toMatchObject({ kind: 'judgeable', ...shown });
  },
  30_000,
);
