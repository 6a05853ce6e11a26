import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReferenceServer } from '../index.ts';

const RESOURCE = { tokens: ['good-token'], servers: ['https://auth.example.com'], scopes: ['users'] };
let server: Awaited<ReturnType<typeof startReferenceServer>>;
beforeAll(async () => {
  server = await startReferenceServer({ userServiceUrl: 'http://127.0.0.1:9', authorization: RESOURCE, log: () => {} });
});
afterAll(() => server.close());

const BODY = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

function post(authorization?: string): Promise<Response> {
  return fetch(server.url, {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: JSON.stringify(BODY),
  });
}

describe('a server that wants a token', () => {
  it.each(['Bearer good-token', 'bearer  good-token'])('lets in who shows %s', async (authorization) => {
    const response = await post(authorization);
    expect(response.status).toBe(200);
    await response.text();
  });

  it.each([undefined, '', 'Bearer', 'Bearer good-token2', 'Bearer good-toke', 'Basic good-token', 'good-token'])(
    'keeps out who shows %s, and says where to get one',
    async (authorization) => {
      const response = await post(authorization);
      expect(response.status).toBe(401);
      const challenge = response.headers.get('www-authenticate') ?? '';
      expect(challenge).toContain(
        `resource_metadata="${new URL('/.well-known/oauth-protected-resource/mcp', server.url)}"`,
      );
      expect(challenge).toContain('scope="users"');
      expect(challenge.includes('invalid_token')).toBe(authorization !== undefined);
      expect(await response.text()).not.toContain('result');
    },
  );

  it('tells everybody who issues them', async () => {
    const response = await fetch(new URL('/.well-known/oauth-protected-resource/mcp', server.url));
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({ resource: server.url, authorization_servers: RESOURCE.servers });
  });

  it('checks the other streams and sessions too', async () => {
    for (const method of ['GET', 'DELETE']) {
      expect((await fetch(server.url, { method, headers: { accept: 'text/event-stream' } })).status).toBe(401);
    }
  });
});
