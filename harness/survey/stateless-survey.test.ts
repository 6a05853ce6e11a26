import { describe, expect, it, onTestFinished } from 'vitest';
import { type Exception, mcpScript, sendJson } from '../../fixtures/scripted/mcp-script.ts';
import { startScripted } from '../../fixtures/scripted/scripted-server.ts';
import type { JsonObject } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import { limitsFor } from '../target/limits.ts';
import { isObject } from '../wire/json-rpc.ts';
import { survey } from './survey.ts';

const AT = '2026-07-28';
const DISCOVERED = {
  resultType: 'complete',
  supportedVersions: [AT],
  capabilities: { tools: {} },
  _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'scripted', version: '1' } },
};

async function look(answers: { readonly [method: string]: JsonObject }, wanted: Revision | null) {
  const exception: Exception = ({ message }, response) => {
    const answer = typeof message.method === 'string' ? answers[message.method] : undefined;
    if (!answer) return false;
    return sendJson(response, { jsonrpc: '2.0', id: message.id ?? null, ...answer }, 'error' in answer ? 400 : 200);
  };
  const server = await startScripted(mcpScript(exception));
  onTestFinished(server.close);
  const found = await survey({ url: server.url, credentials: [] }, limitsFor(30_000), wanted);
  return { found, asked: server.asked };
}

const tool = { name: 'a', inputSchema: { type: 'object' } };
const tools = { 'tools/list': { result: { resultType: 'complete', tools: [tool] } } };

describe('a server that needs no handshake', () => {
  it.each([null, AT] as const)('is looked at without one (asked for: %s)', async (wanted) => {
    const { found, asked } = await look({ 'server/discover': { result: DISCOVERED }, ...tools }, wanted);
    expect(found).toMatchObject({ kind: 'judgeable', revision: AT, trace: { header: { revision: AT } } });
    expect(found.kind === 'judgeable' && found.variables).toEqual({
      server: {
        capabilities: { tools: {} },
        serverInfo: { name: 'scripted', version: '1' },
        session: false,
        authorization: false,
        anonymous: true,
        supportedVersions: [AT],
      },
      tools: [tool],
      prompts: [],
      tokens: {},
    });
    expect(asked.map(({ message }) => message.method)).toEqual(['server/discover', 'tools/list']);
    const [{ message }] = asked as [(typeof asked)[0]];
    const meta = isObject(message.params) ? message.params._meta : null;
    expect(meta).toMatchObject({
      'io.modelcontextprotocol/protocolVersion': AT,
      'io.modelcontextprotocol/clientCapabilities': {},
    });
  });

  it('can be judged though it lacks server/discover, if its results say of what type they are', async () => {
    const { found } = await look(tools, AT);
    expect(found).toMatchObject({ kind: 'judgeable', variables: { server: { capabilities: null }, tools: [tool] } });
  });
});

describe('a server that needs a handshake', () => {
  it.each([
    ['knows no server/discover', {}, /: it answers server\/discover with the error .*-32601/],
    [
      'names other revisions',
      { 'server/discover': { result: { ...DISCOVERED, supportedVersions: ['2025-11-25'] } } },
      /: it offers \["2025-11-25"\]$/,
    ],
    [
      'refuses the revision',
      { 'server/discover': { error: { code: -32022, message: 'no', data: { supported: ['2025-11-25'] } } } },
      /: it offers \["2025-11-25"\]$/,
    ],
    ['answers anything with anything', { 'server/discover': { result: {} } }, /: it answers server\/discover with {}$/],
  ])('which %s is judged with one, unless that is not wanted', async (_, answers, reason) => {
    expect((await look(answers, null)).found).toMatchObject({ kind: 'judgeable', revision: '2025-11-25' });
    const { found } = await look(answers, AT);
    expect(found.kind === 'hopeless' && found.reason).toMatch(/^it does not speak revision 2026-07-28/);
    expect(found.kind === 'hopeless' && found.reason).toMatch(reason);
  });
});
