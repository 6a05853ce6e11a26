import { UsageError } from '../assay/usage-error.ts';
import type { Config } from '../target/config-file.ts';
import type { HeaderPairs } from '../wire/headers.ts';

/** Headers that the harness sets, or that cases vary to see what a server does about them. */
const OURS = [
  'accept',
  'connection',
  'content-length',
  'content-type',
  'host',
  'keep-alive',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'origin',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/**
 * Reads headers of the form `Name: value`. No message shows a value, because that is mostly a secret.
 *
 * @throws UsageError when one is not of that form, or is one that the harness sets itself
 */
export function headerOptions(options: readonly string[]): HeaderPairs {
  return options.map((option) => {
    const colon = option.indexOf(':');
    if (colon < 1)
      throw new UsageError(`--header must have the form 'Name: value', and there is none before its colon`);
    return checked(option.slice(0, colon).trim(), option.slice(colon + 1).trim(), '--header');
  });
}

/** The headers of a config file. */
export function configuredHeaders({ headers = {} }: Config, file: string): HeaderPairs {
  return Object.entries(headers).flatMap(([name, values]) =>
    (typeof values === 'string' ? [values] : values).map((value) => checked(name, value, `${file}: headers`)),
  );
}

function checked(name: string, value: string, where: string): [name: string, value: string] {
  const fail = (what: string) => new UsageError(`${where}: ${what}`);
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    throw fail(`${JSON.stringify(name)} is no name of a header (RFC 9110, 5.1)`);
  }
  if (OURS.includes(name.toLowerCase())) throw fail(`${name} is set by mcp-assay itself and cannot be given`);
  if (!value) throw fail(`${name} has no value; quote the whole header: 'Name: value'`);
  if (!/^[\t\x20-\x7e]+$/.test(value)) throw fail(`the value of ${name} has a character that is not visible ASCII`);
  return [name, value];
}
