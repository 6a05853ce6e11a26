import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandClient } from '../../harness/client/run/command-client.ts';
import { conduct } from '../../reference-client/conduct.ts';
import { run } from '../../reference-client/scenario/run.ts';
import { findIn, isFirstExample } from './testing/found.ts';
import { inProcess } from './testing/in-process.ts';
import { TinyClient } from './testing/tiny-client.ts';

const REVISIONS = ['2025-03-26', '2025-06-18', '2025-11-25'] as const;

/** It wants a stream of its own, and asks again where it is refused one. */
class Persistent extends TinyClient {
  readonly #closing = new AbortController();

  protected override async confirm() {
    const confirmed = await super.confirm();
    // it ends with the client, and may do so in the middle
    this.#askForStream().catch(() => undefined);
    return confirmed;
  }

  async #askForStream(): Promise<void> {
    const signal = AbortSignal.any([this.stopped, this.#closing.signal]);
    for (;;) {
      const response = await this.fetch('GET', { Accept: this.acceptOfGet() });
      if (response.ok) return void (await this.readStream(response, null));
      await sleep(700, undefined, { signal });
    }
  }

  protected override close() {
    this.#closing.abort();
    return super.close();
  }
}

const persistent = inProcess(({ url, context }, stopped) => new Persistent(url, context, stopped).run());

const tiny = inProcess(({ url, context }, stopped) => new TinyClient(url, context, stopped).run());

const reference = inProcess(async ({ url, scenario, context }) => {
  const complaints: string[] = [];
  const code = await run({
    args: [url],
    env: { MCP_CONFORMANCE_SCENARIO: scenario, MCP_CONFORMANCE_CONTEXT: JSON.stringify(context) },
    conduct,
    complain: (line) => complaints.push(line),
  });
  if (code !== 0) throw new Error(complaints.join('; '));
});

describe.each([
  ['the tiny client', tiny],
  ['the reference client', reference],
  ['a client that asks again and again for a stream', persistent],
])('%s', (_, client) => {
  it.each(REVISIONS)(
    'keeps every rule of %s',
    async (revision) => {
      const found = await findIn(client, { revision });
      expect(found, found.findings.join('\n')).toMatchObject({ rootCause: null, blamed: [] });
      expect(found.passed.length).toBeGreaterThan(90);
      expect(found.skipped.filter((skip) => /^(blocked|error)/.test(skip))).toEqual([]);
    },
    120_000,
  );
});

/** The findings that stand when the specification is read by hand: no false alarms. */
const SDK_FINDINGS = [
  // it gives the error to its caller and opens no new session
  'fail session.client-reinit-on-404',
  // its SSE parser waits whether a line feed follows a carriage return at the end
  'warn http.post.client-both-content-types',
  // it loses the id of the last event when a resumed stream brings no event with an id
  'warn sse.resume.client-get',
];

describe('the official TypeScript SDK', () => {
  it.each([
    // this generation asks for tools that are not offered, when its user does
    ['first generation', 'sdk-client.ts', [...SDK_FINDINGS, 'warn lifecycle.op.negotiated-capabilities'].sort()],
    ['second generation', 'client-v2.ts', SDK_FINDINGS],
  ])(
    '%s: shows what is known of it and nothing else',
    async (_, file, blamed) => {
      const path = fileURLToPath(new URL(`testing/${file}`, import.meta.url));
      const command = commandClient([process.execPath, '--import', 'tsx', path]);
      const found = await findIn(command, { concurrency: 4, caseFilter: isFirstExample });
      expect(found, found.findings.join('\n')).toMatchObject({ rootCause: null, blamed });
    },
    300_000,
  );
});
