import type { Json } from '../../spec/messages.ts';
import { joinBytes, lenientUtf8, strictUtf8 } from './bytes.ts';
import { isObject } from './json-rpc.ts';

/** What is wrong with the way messages stand on lines. */
export type LineFault = 'byte-order-mark' | 'not-utf-8' | 'on-several-lines' | 'on-one-line';

/** Lines that belong together: those of one message, mostly one. */
export interface LinePiece<L> {
  readonly lines: readonly L[];
  /** The messages, or batches of messages, in them; none where they are something else. */
  readonly values: readonly Json[];
  /** What is wrong with them although they can be read. */
  readonly fault: LineFault | null;
}

/** Lines that one message broken by line feeds is looked for in. */
const MOST_LINES = 20_000;
const BOM = '\u{FEFF}';

/**
 * Puts lines together to messages as a lenient client would, who knows that a message stands on one line (basic/transports,
 * stdio) and finds out what was meant all the same; says what was wrong.
 */
export class LinePieces<L extends { readonly bytes: Uint8Array }> {
  #open: L[] = [];

  /** Takes the next line; gives what is complete. */
  push(line: L): LinePiece<L>[] {
    const alone = readLine(line.bytes);
    if (alone && (!this.#open.length || alone.values.every(isSurelyMeant))) {
      return [...this.end(), { lines: [line], ...alone }];
    }
    const text = lenientUtf8(line.bytes).trim();
    if (!this.#open.length && !/^[{[]/.test(text)) return [{ lines: [line], values: [], fault: null }];
    this.#open.push(line);
    // the last line of printed JSON stands as far left as the first; only such are tried, so that long ones take no age
    const value = /[}\]]$/.test(text) && indent(line) <= indent(this.#open[0]) ? joined(this.#open) : undefined;
    if (value !== undefined) {
      const lines = this.#open;
      this.#open = [];
      return [{ lines, values: [value], fault: 'on-several-lines' }];
    }
    return this.#open.length > MOST_LINES ? this.end() : [];
  }

  /** Gives up on the message whose end has not come. */
  end(): LinePiece<L>[] {
    const lines = this.#open;
    this.#open = [];
    return lines.map((line) => ({ lines: [line], values: [], fault: null }));
  }
}

/** All pieces of some lines. */
export function piecesOf<L extends { readonly bytes: Uint8Array }>(lines: readonly L[]): LinePiece<L>[] {
  const pieces = new LinePieces<L>();
  return [...lines.flatMap((line) => pieces.push(line)), ...pieces.end()];
}

/** The messages of one line, or null where it holds none that is complete. */
function readLine(bytes: Uint8Array): Pick<LinePiece<never>, 'values' | 'fault'> | null {
  const text = strictUtf8(bytes) ?? lenientUtf8(bytes);
  const [value] = messagesIn([text]) ?? [];
  if (value !== undefined) return { values: [value], fault: strictUtf8(bytes) === null ? 'not-utf-8' : null };
  if (text.startsWith(BOM)) {
    const [marked] = messagesIn([text.slice(1)]) ?? [];
    if (marked !== undefined) return { values: [marked], fault: 'byte-order-mark' };
  }
  const several = messagesIn(textsIn(text));
  return several && several.length > 1 ? { values: several, fault: 'on-one-line' } : null;
}

/** Some texts as messages; null where one of them is none. */
function messagesIn(texts: readonly string[]): Json[] | null {
  const values = texts.map(parse);
  return values.every((value): value is Json => value !== undefined && isMessage(value)) ? values : null;
}

function parse(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Whether a value is meant as a message or a batch of them: other programs write objects of JSON too, as logs. */
function isMessage(value: Json): boolean {
  return Array.isArray(value) ? value.every(isObject) : isObject(value) && saysWhatItIs(value);
}

const MEMBERS = ['jsonrpc', 'method', 'result', 'error', 'id'] as const;

function saysWhatItIs(value: Json): boolean {
  return isObject(value) && MEMBERS.some((member) => Object.hasOwn(value, member));
}

/** Whether a value is a message or a batch by itself, not a piece of a longer text that happens to fill a line. */
function isSurelyMeant(value: Json): boolean {
  if (!Array.isArray(value)) return saysWhatItIs(value);
  return value.length > 0 && value.every((item) => isObject(item) && Object.hasOwn(item, 'jsonrpc'));
}

/** The message that lines make up: one that was printed to be read by people, or one with line feeds in its strings. */
function joined(lines: readonly { readonly bytes: Uint8Array }[]): Json | undefined {
  const between = (separator: string) => {
    const bytes = lines.flatMap(({ bytes: line }, at) => (at === 0 ? [line] : [Buffer.from(separator), line]));
    return parse(lenientUtf8(joinBytes(bytes)));
  };
  const value = between('\n') ?? between('\\n');
  return value !== undefined && isMessage(value) ? value : undefined;
}

/** How many spaces a line begins with. */
function indent(line: { readonly bytes: Uint8Array } | undefined): number {
  return line ? line.bytes.findIndex((byte) => byte !== 0x20 && byte !== 0x09) : 0;
}

/** The objects and lists that stand in a text one after the other; none where anything else stands there. */
function textsIn(text: string): string[] {
  const texts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\]]|[^\s"{}[\]]+/g)) {
    if (token === '{' || token === '[') {
      if (depth === 0) start = index;
      depth += 1;
    } else if (depth === 0) {
      return [];
    } else if (token === '}' || token === ']') {
      depth -= 1;
      if (depth === 0) texts.push(text.slice(start, index + 1));
    }
  }
  return depth === 0 ? texts : [];
}
