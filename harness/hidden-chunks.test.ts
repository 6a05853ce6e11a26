import { describe, expect, it } from 'vitest';
import { type Chunk, hiddenChunks } from './hidden-chunks.ts';

const hide = (text: string) => text.replaceAll('sk-secret', '[hidden]');
const chunksOf = (...texts: (string | Buffer)[]): Chunk[] => texts.map((text, at) => ({ at, bytes: Buffer.from(text) }));
const shown = (chunks: readonly Chunk[]) => chunks.map(({ at, bytes }) => [at, Buffer.from(bytes).toString('latin1')]);

describe('the chunks of a body', () => {
  it('stay as they are when there is nothing to hide', () => {
    const chunks = chunksOf('data: a', '\n\n', 'data: b\n\n');
    expect(hiddenChunks(chunks, hide)).toBe(chunks);
  });

  it('keep their borders when each holds its secrets whole', () => {
    expect(shown(hiddenChunks(chunksOf('a sk-secret', ' b ', 'sk-secret'), hide))).toEqual([
      [0, 'a [hidden]'],
      [1, ' b '],
      [2, '[hidden]'],
    ]);
  });

  it('are put together where they split a secret, however often', () => {
    expect(shown(hiddenChunks(chunksOf('one ', 'a sk-', 'sec', 'ret b', ' end'), hide))).toEqual([
      [0, 'one '],
      [3, 'a [hidden] b'],
      [4, ' end'],
    ]);
  });

  it('are put together when every byte comes by itself', () => {
    const bytes = chunksOf(...'x sk-secret y');
    expect(shown(hiddenChunks(bytes, hide)).map(([, text]) => text)).toEqual(['x', ' ', '[hidden]', ' ', 'y']);
  });

  it('lose their secrets also where they are not UTF-8, and nothing else', () => {
    const chunks = chunksOf(Buffer.concat([Buffer.from([0xff, 0xc3]), Buffer.from('sk-secret'), Buffer.from([0x80])]));
    expect(shown(hiddenChunks(chunks, hide))).toEqual([[0, '\u00ff\u00c3[hidden]\u0080']]);
  });
});
