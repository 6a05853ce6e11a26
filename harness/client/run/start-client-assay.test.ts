import { expect, it } from 'vitest';
import { catalogue } from '../../../spec/catalogue.ts';
import { limitsFor } from '../../target/limits.ts';
import { rulingOnCheck } from '../../verdict/check.ts';
import type { StartClient } from './client-under-test.ts';
import { assayClient, clientSuites, startClientAssay } from './start-client-assay.ts';

const limits = limitsFor(10_000);

it('blocks every check of a client that cannot be judged, and says why once', async () => {
  const started = await startClientAssay({
    command: ['mcp-assay-no-such-command'],
    revision: null,
    limits,
    concurrency: 2,
  });
  expect(started).toMatchObject({
    revision: '2025-11-25',
    clientInfo: null,
    rootCause: { case: 'survey', reason: expect.stringContaining('could not be started') },
  });
  const { results, traces } = await started.done;
  expect(results.length).toBeGreaterThan(80);
  const rulings = results.map((result) => rulingOnCheck(result, catalogue(), started.revision));
  expect(rulings.filter((ruling) => ruling.verdict !== 'skip' || ruling.skip !== 'blocked')).toEqual([]);
  expect(traces.map(({ header }) => header.case)).toEqual(['survey', 'survey.streams']);
}, 30_000);

it('runs what the filter lets through, and tells of each check', async () => {
  const command = [process.execPath, '-e', CLIENT];
  const told: string[] = [];
  const started = await startClientAssay({
    command,
    revision: '2025-11-25',
    limits,
    concurrency: 2,
    caseFilter: (id) => /handshake\.initialized|invariant\.client\.accept/.test(id),
    onChecked: (id, done, total) => told.push(`${id} ${done}/${total}`),
  });
  expect(started.checks.map(({ id }) => id)).toEqual(['client.handshake.initialized', 'invariant.client.accept']);
  const { results, traces } = await started.done;
  const verdicts = results.map((result) => rulingOnCheck(result, catalogue(), started.revision).verdict);
  expect(verdicts).toEqual(['pass', 'fail']);
  expect(traces.map(({ header }) => header.case)).toEqual(['survey', 'survey.streams', 'client.handshake.initialized']);
  expect(told).toEqual(['client.handshake.initialized 1/2', 'invariant.client.accept 2/2']);
  expect(started.clientInfo).toEqual({ name: 'few lines', version: '1' });
}, 60_000);

it('does not hold a fault of the harness against the client', async () => {
  const start: StartClient = ({ url, scenario }) => {
    if (scenario === 'initialize') throw new Error('no process');
    const ended = talk(url).then(() => ({ how: 'exit' as const, code: 0, signal: null, stdout: '', stderr: '' }));
    return { ended, stop: () => ended };
  };
  const started = await assayClient(start, 'tested', clientSuites(), catalogue(), {
    revision: '2025-11-25',
    limits,
    concurrency: 1,
    caseFilter: (id) => id === 'client.handshake.initialized',
  });
  const [result] = (await started.done).results;
  expect(result?.harnessFailure).toContain('no process');
  expect(result?.sightings).toEqual([]);
}, 30_000);

/** A client that opens a session and says that it is ready, with an Accept header of its own. */
const CLIENT = `
  const post = (message) => fetch(process.argv.at(-1), {
    method: 'POST',
    headers: { Accept: 'text/html', 'Content-Type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', ...message }),
  }).then((response) => response.text());
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'few lines', version: '1' } };
  post({ id: 1, method: 'initialize', params }).then(() => post({ method: 'notifications/initialized' }));
`;

async function talk(url: string): Promise<void> {
  const post = (message: object) =>
    fetch(url, { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', ...message }) }).then((answer) =>
      answer.text(),
    );
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'few lines', version: '1' } };
  await post({ id: 1, method: 'initialize', params });
  await post({ method: 'notifications/initialized' });
}
