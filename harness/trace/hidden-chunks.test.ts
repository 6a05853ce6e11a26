import { describe, expect, it } from 'vitest';
import { hiddenChunks, latin1 } from './hidden-chunks.ts';

const hide = (text: string) => text.replaceAll('sk-secret', '[hidden]');
const shown = (...texts: (string | Buffer)[]) =>
  hiddenChunks(
    texts.map((text) => Buffer.from(text)),
    hide,
  ).map((chunk) => chunk && latin1(chunk));

describe('the chunks of a body', () => {
  it('stay as they are when there is nothing to hide', () => {
    const chunks = [Buffer.from('data: a'), Buffer.from('\n\n')];
    expect(hiddenChunks(chunks, hide)).toBe(chunks);
  });

  it('keep their borders when each holds its secrets whole', () => {
    expect(shown('a sk-secret', ' b ', 'sk-secret')).toEqual(['a [hidden]', ' b ', '[hidden]']);
  });

  it('are put together where they split a secret, however often', () => {
    expect(shown('one ', 'a sk-', 'sec', 'ret b', ' end')).toEqual(['one ', null, null, 'a [hidden] b', ' end']);
  });

  it('are put together when every byte comes by itself', () => {
    expect(shown(...'x sk-secret y').filter((text) => text !== null)).toEqual(['x', ' ', '[hidden]', ' ', 'y']);
  });

  it('lose their secrets also where they are not UTF-8, and nothing else', () => {
    const chunk = Buffer.concat([Buffer.from([0xff, 0xc3]), Buffer.from('sk-secret'), Buffer.from([0x80])]);
    expect(shown(chunk)).toEqual(['\u00ff\u00c3[hidden]\u0080']);
  });
});
