import type { Transport } from '../../spec/revisions.ts';
import type { ServerCommand } from '../transport/server-process.ts';
import type { HeaderPairs } from '../wire/headers.ts';

/** The tokens that a user can name, and what each of them is. */
export const TOKEN_KINDS = ['expired', 'otherAudience', 'otherIssuer', 'lowScope', 'upperCaseAudience'] as const;

/** Tokens by their kind. */
export type Tokens = { readonly [kind in (typeof TOKEN_KINDS)[number]]?: string };

/** What stands for a token in a trace: its kind in place of its letters. */
export function tokenMark(kind: string): string {
  return `{token:${kind}}`;
}

/** Where the target is and what it takes to get in. */
export interface Target {
  readonly url: string;
  /** Headers of the user's, sent with every request; their values never leave the process. */
  readonly credentials: HeaderPairs;
  /** Further tokens of the user's that are not good for everything, by what is wrong with them; as secret as the headers. */
  readonly tokens?: Tokens;
  /** How to start the target, where it speaks over its standard input and output; `url` then only names it. */
  readonly command?: ServerCommand;
  /** The transport to speak at the URL; Streamable HTTP unless a survey finds out otherwise. */
  readonly transport?: Exclude<Transport, 'stdio'>;
}

/** The transport that a target is spoken to over. */
export function transportOf(target: Target): Transport {
  return target.command ? 'stdio' : (target.transport ?? 'streamable-http');
}

/** A target with the transport that was found to be spoken there. */
export function speaking(target: Target, transport: Transport): Target {
  return transport === 'stdio' ? target : { ...target, transport };
}

/** Scheme, host and port of a target's address; empty for one that has none. */
export function originOf({ url, command }: Target): string {
  return command || !URL.canParse(url) ? '' : new URL(url).origin;
}

const HIDDEN = '[hidden]';

/** Headers as a trace may show them: names as they are, values hidden. */
export function hideValues(headers: HeaderPairs): HeaderPairs {
  return headers.map(([name]) => [name, HIDDEN] as const);
}

/** Makes a function that hides every secret of the target wherever it stands in a text. */
export function hider(target: Target): (text: string) => string {
  const secrets = target.credentials
    .flatMap(([, value]) => [value, ...value.split(/\s+/), ...basicCredentials(value)])
    .concat(Object.values(target.tokens ?? {}))
    .filter((value) => value.length >= 4 && !/^(basic|bearer|\d{4}-\d{2}-\d{2})$/i.test(value))
    .sort((a, b) => b.length - a.length);
  const forms = [...new Set(secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]))];
  return (text) => {
    const shown = forms.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), hideUserInfo(text));
    return forms.length ? hideBeginnings(shown, forms) : shown;
  };
}

/** User and password of an HTTP Basic value (RFC 7617), whole and apart. */
function basicCredentials(value: string): string[] {
  const encoded = /^basic\s+(\S+)$/i.exec(value)?.[1];
  if (encoded === undefined) return [];
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? [pair] : [pair, pair.slice(colon + 1)];
}

/** Hides what is left of a secret where a sentence was cut: its beginning, right before three dots. */
function hideBeginnings(text: string, secrets: readonly string[]): string {
  if (text.length > 20_000) return text;
  return text
    .split('...')
    .map((piece, at, pieces) => {
      if (at === pieces.length - 1) return piece;
      const kept = Math.min(...secrets.map((secret) => piece.length - overlap(piece, secret)));
      return kept < piece.length ? `${piece.slice(0, kept)}${HIDDEN}` : piece;
    })
    .join('...');
}

/** How many characters at the end of a text are the beginning of a secret; fewer than four count as none. */
function overlap(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length >= 4; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}

/** Hides the password in addresses of the form `scheme://user:password@host`; bounded, so that no text takes long. */
function hideUserInfo(text: string): string {
  return text.replaceAll(/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^/@\s"']{1,1000}@/gi, `$1${HIDDEN}@`);
}
