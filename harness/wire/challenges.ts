import type { JsonObject } from '../../spec/messages.ts';

const SCHEME = /\s*([!#$%&'*+.^_`|~\w-]+)(?=\s|,|$)/y;
const PARAMETER = /\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*(?=,|$)/y;
const TOKEN68 = /\s+([\w.~+/-]+=*)\s*(?=,|$)/y;
const COMMA = /\s*,/y;

/**
 * Reads a WWW-Authenticate field (RFC 9110, section 11.6.1): the parameters of each challenge, by its scheme. Schemes and
 * names of parameters are in lower case. What cannot be read ends the reading; nothing is thrown.
 */
export function readChallenges(field: string): JsonObject {
  const challenges: { [scheme: string]: { [name: string]: string } } = {};
  let current: { [name: string]: string } | undefined;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(field);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < field.length) {
    if (take(COMMA)) continue;
    const parameter = current && take(PARAMETER);
    if (current && parameter) {
      current[String(parameter[1]).toLowerCase()] = parameter[2]?.replaceAll(/\\(.)/g, '$1') ?? parameter[3] ?? '';
      continue;
    }
    const scheme = take(SCHEME);
    if (!scheme) break;
    current = {};
    challenges[String(scheme[1]).toLowerCase()] = current;
    take(TOKEN68);
  }
  return challenges;
}
