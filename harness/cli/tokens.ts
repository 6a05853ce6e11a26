import { UsageError } from '../assay/usage-error.ts';
import type { Config } from '../target/config-file.ts';
import type { Tokens } from '../target/target.ts';

/**
 * The tokens of a config file. One of the form `$NAME` or `${NAME}` is the value of that environment variable, so that the
 * file need not hold a secret. No message shows a token.
 *
 * @throws UsageError for a variable that is not set, and for what cannot be a Bearer token (RFC 6750, 2.1)
 */
export function configuredTokens({ tokens = {} }: Config, file: string, environment = process.env): Tokens {
  return Object.fromEntries(
    Object.entries(tokens).map(([kind, given]) => {
      const where = `${file}: tokens: ${kind}`;
      const variable = /^\$(?:\{(\w+)\}|(\w+))$/.exec(given);
      const name = variable?.[1] ?? variable?.[2];
      const token = name === undefined ? given : environment[name];
      if (!token) throw new UsageError(`${where} names the environment variable ${name}, which is not set`);
      if (!/^[\w.~+/-]+=*$/.test(token)) {
        throw new UsageError(
          `${where} is no Bearer token: it may hold letters, digits and -._~+/ only (RFC 6750, 2.1)`,
        );
      }
      return [kind, token];
    }),
  );
}
