import { expect, it } from 'vitest';
import type { Case, Step } from '../case/case.ts';
import { describeSteps } from './describe-step.ts';

const caseWith = (steps: Step[], given?: Case['given']): Case => ({
  id: 'a.b',
  title: 't',
  requires: ['a.b'],
  steps,
  file: 'x.yaml',
  example: {},
  ...(given ? { given } : {}),
});
const describeOne = (step: Step) => describeSteps(caseWith([step])).slice(1);

it.each<[Step, string[]]>([
  [{ initialize: {} }, ['1. sends initialize']],
  [{ initialize: { capabilities: null } }, ['1. sends initialize with {"capabilities":null}']],
  [
    { request: { id: 'x', method: 'tools/call', params: { name: 'a' } }, name: 'called', client: 'b' },
    [
      '1. sends the request tools/call with the id "x" and params {"name":"a"} as client b (later steps call it called)',
    ],
  ],
  [
    { notify: { method: 'notifications/cancelled' }, background: true },
    ['1. sends the notification notifications/cancelled, without waiting for the answer'],
  ],
  [{ text: '{', example: 'cut-off' }, ['1. sends the text "{" (example cut-off)']],
  [{ respond: { id: 1, result: {} } }, ['1. sends the response {"id":1,"result":{}}']],
  [{ send: [] }, ['1. sends []']],
  [{ text: '{' }, ['1. sends the text "{"']],
  [{ base64: '/w==' }, ['1. sends the bytes /w== (base64)']],
  [
    { http: { method: 'GET', keepOpen: true }, headers: { Accept: null, Origin: 'x', 'X-A': ['1', '2'] } },
    ['1. makes an HTTP GET request and keeps its stream open, without Accept, with Origin: x, with X-A: 1 and 2'],
  ],
  [
    {
      request: { method: 'ping' },
      assume: [{ that: { status: { const: 200 } }, otherwise: 'blocked', because: 'no' }],
      expect: [
        { rule: 'a.b', that: { error: false, result: true }, when: { status: { enum: [200, 202] } }, atMost: 'warn' },
        {
          that: { session: { not: { const: '' } }, body: { maxLength: 0, type: 'string' } },
          revisions: '>=2025-06-18',
        },
      ],
    },
    [
      '1. sends the request ping',
      '   goes on only if status to be 200; otherwise blocked',
      '   expects error to be absent, and result to be there when status to be one of 200, 202 (a.b) at most warn',
      '   expects session not to be "", and body to fit {"maxLength":0,"type":"string"} in >=2025-06-18',
    ],
  ],
])('says %j in words', (step, said) => {
  expect(describeOne(step)).toEqual(said);
});

it('says what happens before', () => {
  expect(describeSteps(caseWith([], 'none'))).toEqual(['Before: no session is opened first.']);
});
