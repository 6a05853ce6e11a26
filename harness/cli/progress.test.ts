import { describe, expect, it } from 'vitest';
import { ProgressLine } from './progress.ts';

function watch(isTTY: boolean, columns = 60) {
  const written: string[] = [];
  let now = 1_000;
  const line = new ProgressLine({ isTTY, columns, write: (text) => written.push(text) }, () => now);
  return {
    written,
    line,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

const checked = (done: number) => ({ kind: 'checked', id: 'ping.answered', done, total: 64 }) as const;

describe('progress', () => {
  it('is one line that changes on a terminal', () => {
    const { written, line, wait } = watch(true);
    line.show({ kind: 'judging', revision: '2025-11-25', total: 64 });
    wait(2_100);
    line.show(checked(12));
    line.clear();
    expect(written).toEqual([
      '\r\u001b[K0.0 s  64 checks at revision 2025-11-25',
      '\r\u001b[K2.1 s  12 of 64 checks done: ping.answered',
      '\r\u001b[K',
    ]);
  });

  it('never breaks its line', () => {
    const { written, line } = watch(true, 30);
    line.show(checked(1));
    expect(written[0]).toBe('\r\u001b[K0.0 s  1 of 64 checks done: p');
  });

  it('is a line now and then elsewhere, without any escape', () => {
    const { written, line, wait } = watch(false);
    line.show({ kind: 'survey', revision: null });
    line.show(checked(1));
    wait(4_999);
    line.show(checked(2));
    wait(1);
    line.show(checked(3));
    line.show(checked(4));
    line.clear();
    expect(written).toEqual(['0.0 s  taking a first look\n', '5.0 s  3 of 64 checks done: ping.answered\n']);
  });
});
