import { lenientUtf8 } from '../wire/bytes.ts';
import type { TargetMessage } from './target-messages.ts';

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** What there is at all to be looked at closely: most texts have no such id. */
const ODD = /"id"\s*:\s*-?\d+[.eE]/;

/**
 * A number that is the id of a message, as the target spelled it, where that is with a fraction or an exponent. JSON.parse
 * makes `1`, `1.0` and `1e0` the same number; readers that keep integers and floating point numbers apart do not.
 */
export function oddlySpelled(id: number, { exchange, message: { event } }: TargetMessage): string | undefined {
  const { payload } = exchange;
  const text = event === null ? lenientUtf8(payload.bytes) : (payload.events[event]?.data ?? '');
  if (!ODD.test(text)) return undefined;
  return rawIds(text).find((raw) => raw !== undefined && /^-?\d+[.eE]/.test(raw) && Number(raw) === id);
}

/** The member `id` of a JSON object, or of each element of an array, as it is spelled; the text must be JSON. */
export function rawIds(text: string): (string | undefined)[] {
  const level = text.trimStart().startsWith('[') ? 2 : 1;
  const ids: (string | undefined)[] = [];
  let depth = 0;
  let key = '';
  let previous = '';
  for (const [token] of text.matchAll(TOKENS)) {
    switch (token) {
      case '{':
      case '[':
        depth += 1;
        if (depth === level) ids.push(undefined);
        break;
      case '}':
      case ']':
        depth -= 1;
        break;
      case ':':
        key = depth === level ? previous : '';
        break;
      case ',':
        key = '';
        break;
      default:
        if (depth === level - 1) ids.push(undefined);
        else if (depth === level && key === '"id"') ids[ids.length - 1] = token;
    }
    previous = token;
  }
  return ids;
}
