import { describe, expect, it } from 'vitest';
import { configuredTokens } from './tokens.ts';

const read = (expired: string) =>
  configuredTokens({ tokens: { expired } }, 'assay.yaml', { OLD: 'stale.1', ODD: 'a b' });

describe('the tokens of a config file', () => {
  it.each([
    ['$OLD', 'stale.1'],
    ['$' + '{OLD}', 'stale.1'],
    ['in-the-file', 'in-the-file'],
  ])('%s', (given, token) => {
    expect(read(given)).toEqual({ expired: token });
  });

  it('are none without any', () => {
    expect(configuredTokens({}, '')).toEqual({});
  });

  it.each([
    ['$NEW', 'assay.yaml: tokens: expired names the environment variable NEW, which is not set'],
    ['$ODD', 'assay.yaml: tokens: expired is no Bearer token'],
    ['two words', 'assay.yaml: tokens: expired is no Bearer token'],
  ])('that cannot be used are refused without showing them: %s', (given, message) => {
    expect(() => read(given)).toThrow(message);
    expect(() => read(given)).not.toThrow(/a b|two words/);
  });
});
