import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import type { ServerMessage } from './context.ts';
import { progressToken, reporterOf } from './progress.ts';

function outlet(canSend = true) {
  const sent: ServerMessage[] = [];
  return { sent, canSend, send: (message: ServerMessage) => sent.push(message) };
}

describe('a progress token', () => {
  it.each<Json>(['a', '', 0, -1, 9007199254740991])('may be %j', (token) => {
    expect(progressToken({ _meta: { progressToken: token } })).toBe(token);
  });

  it.each([{}, { _meta: {} }, { _meta: { other: 1 } }, { progressToken: 'x' }])('is not in %j', (params) => {
    expect(progressToken(params)).toBeUndefined();
  });

  it.each<Json>([null, true, 1.5, [], {}, 2 ** 53])('cannot be %j', (token) => {
    expect(() => progressToken({ _meta: { progressToken: token } })).toThrow(expect.objectContaining({ code: -32602 }));
  });

  it.each<Json>([null, 5, 'x', []])('cannot be in the _meta %j', (_meta) => {
    expect(() => progressToken({ _meta })).toThrow(expect.objectContaining({ code: -32602 }));
  });
});

describe('a reporter', () => {
  it('sends what it is told, with the members it is told', () => {
    const out = outlet();
    const { report } = reporterOf(0, out);
    report(0.5);
    report(1, 2, 'half');
    const notification = { jsonrpc: '2.0', method: 'notifications/progress' };
    expect(out.sent).toEqual([
      { ...notification, params: { progressToken: 0, progress: 0.5 } },
      { ...notification, params: { progressToken: 0, progress: 1, total: 2, message: 'half' } },
    ]);
  });

  it('sends only what increases', () => {
    const out = outlet();
    const { report } = reporterOf('t', out);
    for (const value of [-1, -1, -2, Number.NaN, 0, 0, 3, 2, Number.POSITIVE_INFINITY, 4]) report(value);
    expect(out.sent.map(({ params }) => params?.progress)).toEqual([-1, 0, 3, 4]);
  });

  it('is silent once it is stopped', () => {
    const out = outlet();
    const { report, stop } = reporterOf('t', out);
    report(1);
    stop();
    report(2);
    expect(out.sent).toHaveLength(1);
  });

  it('is silent without a token, and where nothing can precede the answer', () => {
    const out = outlet();
    reporterOf(undefined, out).report(1);
    const shut = outlet(false);
    reporterOf('t', shut).report(1);
    expect([out.sent, shut.sent]).toEqual([[], []]);
  });
});
