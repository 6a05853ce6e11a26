import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReferenceServer } from '../index.ts';

const RESOURCE = {
  tokens: ['good-token'],
  servers: ['https://auth.example.com'],
  scopes: ['users'],
  issued: [
    {
      token: 'known',
      issuer: 'https://auth.example.com',
      scopes: ['users', 'more'],
      expiresAt: Date.now() + 3_600_000,
    },
    {
      token: 'loud',
      audience: (resource: string) => resource.replace(/^http:[/][/][^/]+/, (text) => text.toUpperCase()),
    },
    { token: 'ended', expiresAt: Date.now() - 1 },
    { token: 'elsewhere', audience: 'https://elsewhere.example.com/mcp' },
    { token: 'stranger', issuer: 'https://stranger.example.com' },
    { token: 'feeble', scopes: ['more'] },
  ],
};
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
  it.each(['Bearer good-token', 'bearer  good-token', 'Bearer known', 'Bearer loud'])(
    'lets in who shows %s',
    async (authorization) => {
      const response = await post(authorization);
      expect(response.status).toBe(200);
      await response.text();
    },
  );

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer good-token2',
    'Bearer good-toke',
    'Basic good-token',
    'good-token',
    'Bearer ended',
    'Bearer elsewhere',
    'Bearer stranger',
  ])('keeps out who shows %s, and says where to get one', async (authorization) => {
    const response = await post(authorization);
    expect(response.status).toBe(401);
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(challenge).toContain(
      `resource_metadata="${new URL('/.well-known/oauth-protected-resource/mcp', server.url)}"`,
    );
    expect(challenge).toContain('scope="users"');
    expect(challenge.includes('invalid_token')).toBe(authorization !== undefined);
    expect(await response.text()).not.toContain('result');
  });

  it('says what scope a token lacks', async () => {
    const response = await post('Bearer feeble');
    expect(response.status).toBe(403);
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(challenge).toContain('error="insufficient_scope"');
    expect(challenge).toContain('scope="users"');
    expect(challenge).toContain('resource_metadata=');
    await response.text();
  });

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
