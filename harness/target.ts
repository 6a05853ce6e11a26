import type { HeaderPairs } from './wire/headers.ts';

/** Where the target is and what it takes to get in. */
export interface Target {
  readonly url: string;
  /** Headers of the user's, sent with every request; their values never leave the process. */
  readonly credentials: HeaderPairs;
}

const HIDDEN = '[hidden]';

/** Headers as a trace may show them: names as they are, values hidden. */
export function hideValues(headers: HeaderPairs): HeaderPairs {
  return headers.map(([name]) => [name, HIDDEN] as const);
}

/** Makes a function that hides every secret of the target wherever it stands in a text. */
export function hider(target: Target): (text: string) => string {
  const secrets = target.credentials
    .flatMap(([, value]) => [value, ...value.split(/\s+/)])
    .filter((value) => value.length >= 4 && !/^(basic|bearer)$/i.test(value))
    .sort((a, b) => b.length - a.length);
  const forms = [...new Set(secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]))];
  return (text) => forms.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), hideUserInfo(text));
}

/** Hides the password in addresses of the form `scheme://user:password@host`. */
function hideUserInfo(text: string): string {
  return text.replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/@\s"']+@/gi, `$1${HIDDEN}@`);
}
