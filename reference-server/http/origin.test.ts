import { describe, expect, it } from 'vitest';
import { type ReferenceServerOptions, settingsFrom } from '../options.ts';
import { nowhere } from '../testing/driver.ts';
import type { RequestHead } from './head.ts';
import { checkHost, checkOrigin } from './origin.ts';

const head = (fields: RequestHead['fields']): RequestHead => ({ method: 'POST', path: '/mcp', fieldCount: 0, fields });
const settings = (options: Partial<ReferenceServerOptions> = {}) =>
  settingsFrom({ userServiceUrl: nowhere, ...options });
const origin = (value: string, options = {}) => checkOrigin(head({ origin: [value] }), settings(options))?.status;
const host = (value: string, options = {}) => checkHost(head({ host: [value] }), settings(options))?.status;

describe('Origin', () => {
  it.each([
    'http://localhost',
    'http://localhost:1',
    'https://localhost:6274',
    'http://127.0.0.1:3000',
    'https://[::1]:8080',
    'HTTP://LOCALHOST:3000',
  ])('%s is allowed', (value) => {
    expect(origin(value)).toBeUndefined();
  });

  it.each([
    '',
    'null',
    'http://evil.example',
    'https://localhost.evil.example',
    'http://evil.example/localhost',
    'http://localhost@evil.example',
    'http://localhost/',
    'http://localhost:99999',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.2',
    'ftp://localhost',
    'file://',
    'localhost',
    'http://localhost, http://evil.example',
  ])('%j is not', (value) => {
    expect(origin(value)).toBe(403);
  });

  it('may be absent', () => {
    expect(checkOrigin(head({}), settings())).toBeUndefined();
  });

  it('is compared with the list, if there is one, and with nothing else', () => {
    const allowedOrigins = ['https://app.example'];
    expect(origin('https://app.example', { allowedOrigins })).toBeUndefined();
    expect(origin('https://APP.example', { allowedOrigins })).toBeUndefined();
    expect(origin('https://app.example:8443', { allowedOrigins })).toBe(403);
    expect(origin('http://localhost', { allowedOrigins })).toBe(403);
  });

  it('sent twice is refused', () => {
    const twice = head({ origin: ['http://localhost', 'http://evil.example'] });
    expect(checkOrigin(twice, settings())).toMatchObject({ status: 403 });
  });
});

describe('Host', () => {
  it.each(['localhost', 'LocalHost:80', '127.0.0.1:3000', '[::1]', '[::1]:8080'])('%s is allowed', (value) => {
    expect(host(value)).toBeUndefined();
  });

  it.each([
    '',
    'evil.example',
    'localhost.evil.example',
    'evil.example:80',
    'x@localhost',
    'localhost/x',
    '::1',
    '0.0.0.0',
  ])('%j is not', (value) => {
    expect(host(value)).toBe(403);
  });

  it('must be there, once', () => {
    expect(checkHost(head({}), settings())).toMatchObject({ status: 403 });
    expect(checkHost(head({ host: ['localhost', 'localhost'] }), settings())).toMatchObject({ status: 400 });
  });

  it('is compared with the list, if there is one, with or without a port', () => {
    const allowedHosts = ['mcp.example', 'other.example:8443'];
    expect(host('MCP.example:1234', { allowedHosts })).toBeUndefined();
    expect(host('other.example:8443', { allowedHosts })).toBeUndefined();
    expect(host('other.example:1', { allowedHosts })).toBe(403);
    expect(host('localhost', { allowedHosts })).toBe(403);
  });
});
