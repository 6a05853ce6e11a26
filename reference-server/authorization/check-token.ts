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
  if (token !== undefined && authorization.tokens.some((good) => isSame(good, token))) return undefined;
  const challenge = challengeFor(originOf(head), path, authorization, given !== undefined);
  return refuse(401, 'Send a token in the Authorization field.', { headers: { 'WWW-Authenticate': challenge } });
}

function challengeFor(origin: string, path: string, { scopes }: Authorization, tried: boolean): string {
  const parameters = [
    ...(tried ? ['error="invalid_token"'] : []),
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
