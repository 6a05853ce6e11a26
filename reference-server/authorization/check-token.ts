import { createHash, timingSafeEqual } from 'node:crypto';
import { field, type RequestHead } from '../http/head.ts';
import { type Refusal, refuse } from '../http/reply.ts';
import type { Settings } from '../options.ts';
import { LEGACY_METADATA_PATH, metadataPath } from './metadata.ts';
import type { Authorization } from './settings.ts';

/**
 * Refuses requests without a good Bearer token, if the server wants one (2025-11-25, basic/authorization, "Access Token
 * Usage"; OAuth 2.1, section 5.3). The metadata that says where tokens come from is for everybody.
 */
export function checkToken(head: RequestHead, { authorization, path }: Settings): Refusal | undefined {
  if (authorization === undefined || [metadataPath(path), LEGACY_METADATA_PATH].includes(head.path)) return undefined;
  const given = field(head, 'authorization');
  const token = /^bearer +([\w.~+/-]+=*)$/i.exec(given ?? '')?.[1];
  const origin = originOf(head);
  const found = token === undefined ? 'unknown' : judgeToken(token, `${origin}${path}`, authorization);
  if (found === 'good') return undefined;
  if (found === 'too-weak') {
    const challenge = challengeFor(origin, path, authorization, 'insufficient_scope');
    return refuse(403, 'The token has too little scope.', { headers: { 'WWW-Authenticate': challenge } });
  }
  const challenge = challengeFor(origin, path, authorization, given === undefined ? null : 'invalid_token');
  return refuse(401, 'Send a token in the Authorization field.', { headers: { 'WWW-Authenticate': challenge } });
}

/**
 * What a token is worth here: it must come from a server that this one trusts, be for this resource, not have ended, and have
 * the scopes that are needed (2025-11-25, basic/authorization, "Token Handling" and "Scope Challenge Handling").
 */
function judgeToken(
  token: string,
  resource: string,
  { tokens, issued = [], servers, scopes }: Authorization,
): 'good' | 'too-weak' | 'unknown' {
  if (tokens.some((good) => isSame(good, token))) return 'good';
  const known = issued.find((one) => isSame(one.token, token));
  if (known === undefined) return 'unknown';
  const { issuer, audience = resource, expiresAt = Number.POSITIVE_INFINITY, scopes: granted = scopes } = known;
  const meant = typeof audience === 'string' ? audience : audience(resource);
  if (issuer !== undefined && !servers.includes(issuer)) return 'unknown';
  if (!isSameResource(meant, resource) || expiresAt <= Date.now()) return 'unknown';
  return scopes.every((scope) => granted.includes(scope)) ? 'good' : 'too-weak';
}

/** Scheme and host may be written in upper case ("Canonical Server URI"). */
function isSameResource(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;
}

function challengeFor(origin: string, path: string, { scopes }: Authorization, error: string | null): string {
  const parameters = [
    ...(error === null ? [] : [`error="${error}"`]),
    `resource_metadata="${origin}${metadataPath(path)}"`,
    ...(scopes.length ? [`scope="${scopes.join(' ')}"`] : []),
  ];
  return `Bearer ${parameters.join(', ')}`;
}

/** The origin that the client addressed; its Host field has been checked by then. */
export function originOf(head: RequestHead): string {
  return `http://${field(head, 'host') ?? 'localhost'}`;
}

/** Takes equally long whatever the token is, so that none can be guessed letter by letter. */
function isSame(good: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(good), digest(token));
}
