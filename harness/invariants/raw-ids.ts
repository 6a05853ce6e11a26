import type { Exchange } from '../trace/exchange.ts';
import { lenientUtf8 } from '../wire/bytes.ts';
import type { TargetMessage } from './target-messages.ts';

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

const known = new WeakMap<Exchange, Map<number | null, readonly (string | undefined)[]>>();

/**
 * The id of a message as the target spelled it, or undefined. JSON.parse makes `1`, `1.0` and `1e0` the same number;
 * readers that keep integers and floating point numbers apart do not.
 */
export function rawIdOf({ exchange, message: { event }, index }: TargetMessage): string | undefined {
  const { payload } = exchange;
  const ids = known.get(exchange) ?? new Map<number | null, readonly (string | undefined)[]>();
  known.set(exchange, ids);
  const text = () => (event === null ? lenientUtf8(payload.bytes) : (payload.events[event]?.data ?? ''));
  const spelled = ids.get(event) ?? rawIds(text());
  ids.set(event, spelled);
  let place = 0;
  while (index > place && payload.messages[index - place - 1]?.event === event) place += 1;
  return spelled[place];
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
