import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seed } from '../fixtures/seed.ts';
import type { Json, JsonObject } from '../spec/messages.ts';
import { readMessage } from './envelope/message.ts';
import { startReferenceServerOnStdio } from './index.ts';
import { drive, initialize, nowhere, postHeaders } from './testing/driver.ts';

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {
    elicitation: {},
    extensions: { 'io.modelcontextprotocol/tasks': {} },
  },
};

const methods = fc.constantFrom(
  'server/discover',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/read',
  'resources/subscribe',
  'prompts/list',
  'prompts/get',
  'completion/complete',
  'logging/setLevel',
  'tasks/get',
  'tasks/update',
  'tasks/cancel',
  'initialize',
  'ping',
  '__proto__',
);

/** Params that are nearly right: known members with any values, among them right ones. */
const params = fc
  .record(
    {
      name: fc.oneof(
        fc.constantFrom('assay_interview', 'assay_content', 'introduce_user', 'assay_note'),
        fc.jsonValue(),
      ),
      uri: fc.oneof(fc.constantFrom('assay://about', 'assay://notes/tools', 'assay://questions/food'), fc.jsonValue()),
      arguments: fc.jsonValue(),
      cursor: fc.jsonValue(),
      level: fc.jsonValue(),
      ref: fc.oneof(
        fc.record({ type: fc.constantFrom('ref/prompt', 'ref/resource'), name: fc.string() }),
        fc.jsonValue(),
      ),
      argument: fc.jsonValue(),
      inputResponses: fc.oneof(fc.record({ name: fc.jsonValue() }), fc.jsonValue()),
      requestState: fc.jsonValue(),
      taskId: fc.jsonValue(),
      task: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  .map((members) => JSON.parse(JSON.stringify(members)) as JsonObject);

it('answers whatever comes without a session, and serves the next client', { timeout: 120_000 }, async () => {
  const driver = await drive();
  await fc.assert(
    fc.asyncProperty(methods, params, fc.jsonValue(), async (method, given, meta) => {
      const named = given.name ?? given.uri ?? given.taskId;
      const encoded = typeof named === 'string' ? `=?base64?${Buffer.from(named).toString('base64')}?=` : undefined;
      const headers = {
        ...postHeaders,
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': method,
        ...(encoded === undefined ? {} : { 'mcp-name': encoded }),
      };
      for (const _meta of [META, meta as Json]) {
        const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...given, _meta } });
        const answered = await driver.request('POST', headers, body);
        expect(answered.status).toBeLessThan(500);
        expect(readMessage(JSON.parse(answered.text))).toMatchObject({ kind: 'response', message: { id: 1 } });
      }
    }),
    { seed, numRuns: 300 },
  );
  expect((await driver.post(initialize())).status).toBe(200);
});

it('answers whatever line comes, with nothing but messages', { timeout: 120_000 }, async () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc
      .record({ jsonrpc: fc.constant('2.0'), id: fc.jsonValue(), method: methods, params })
      .map((value) => JSON.stringify(value)),
    fc
      .record({ jsonrpc: fc.constant('2.0'), id: fc.integer(), method: methods, params })
      .map(({ params: given, ...rest }) => JSON.stringify({ ...rest, params: { ...given, _meta: META } })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), async (lines) => {
      const [input, output] = [new PassThrough(), new PassThrough()];
      const server = startReferenceServerOnStdio(
        { userServiceUrl: nowhere, log: () => {}, drainMs: 10 },
        { input, output },
      );
      let text = '';
      output.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      input.write(`${lines.map((one) => one.replaceAll('\n', ' ')).join('\n')}\n`);
      input.write(
        `${JSON.stringify({ jsonrpc: '2.0', id: 'last', method: 'server/discover', params: { _meta: META } })}\n`,
      );
      input.end();
      await server.done;
      const written = text
        .split('\n')
        .slice(0, -1)
        .map((one): Json => JSON.parse(one));
      for (const message of written) {
        for (const one of [message].flat()) expect(readMessage(one as Json).kind).not.toBe('invalid');
      }
      expect(written).toContainEqual(expect.objectContaining({ id: 'last', result: expect.anything() }));
    }),
    { seed, numRuns: 200 },
  );
});
