/** One event of a stream, as far as a small client cares. */
export interface SmallEvent {
  readonly data: string;
  readonly id: string | null;
  readonly name: string;
}

/** What a stream tells besides its messages. */
export interface Heard {
  retry(ms: number): void;
  /** The id of an event, with or without data. */
  id(id: string): void;
}

/** Reads the messages of an event stream (HTML standard, 9.2.6), in as few lines as it takes. */
export async function* readEvents(body: AsyncIterable<Uint8Array>, heard: Heard): AsyncGenerator<SmallEvent> {
  let lines: string[] = [];
  for await (const line of linesOf(body)) {
    if (line !== '') {
      lines.push(line);
      continue;
    }
    const event = readEvent(lines, heard);
    lines = [];
    if (event.data !== '' && (event.name === '' || event.name === 'message')) yield event;
  }
}

/** Reads the lines of one event. */
export function readEvent(lines: readonly string[], heard: Heard): SmallEvent {
  const fields = lines.map((line) => /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []);
  const values = (name: string) => fields.flatMap(([, field, value = '']) => (field === name ? [value] : []));
  const id = values('id').at(-1) ?? null;
  if (id !== null) heard.id(id);
  for (const value of values('retry')) if (/^\d+$/.test(value)) heard.retry(Number(value));
  return { data: values('data').join('\n'), id, name: values('event').at(-1) ?? '' };
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let line = '';
  let afterCr = false;
  for await (const bytes of body) {
    for (const character of decoder.decode(bytes, { stream: true })) {
      if (character === '\n' || character === '\r') {
        if (character === '\r' || !afterCr) {
          yield line;
          line = '';
        }
        afterCr = character === '\r';
        continue;
      }
      afterCr = false;
      line += character;
    }
  }
}
