// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of case files look like those of templates
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import type { Case, Expectation, Step } from '../case/case.ts';
import type { Trace } from '../trace/trace.ts';
import { readTraces, writeTraces } from '../trace/trace-file.ts';
import { judgeCase } from './judge-case.ts';
import type { Outcome } from './outcome.ts';
import { type Told, traceOf } from './testing/trace-of.ts';

const RULE = 'ping.respond';
const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };
const PONG = { jsonrpc: '2.0', id: 1, result: {} };
const PINGED: Told = { sent: PING, json: PONG };
const INITIALIZE = { jsonrpc: '2.0', id: 1, method: 'initialize', params: {} };
const OPENED: Told = { step: -1, sent: INITIALIZE, json: { jsonrpc: '2.0', id: 1, result: { protocolVersion: 'x' } } };
const CONFIRMED: Told = { step: -1, sent: { jsonrpc: '2.0', method: 'notifications/initialized' }, status: 202 };

function caseOf(steps: readonly Partial<Step>[], more: Partial<Case> = {}): Case {
  return {
    id: 'a.case',
    title: 'all is well',
    requires: [RULE],
    given: 'none',
    steps: steps.map((step) => ({ request: { method: 'ping' }, ...step }) as Step),
    file: 'a.yaml',
    example: {},
    ...more,
  };
}

const expecting = (...expect: Expectation[]) => caseOf([{ expect }]);

/** Outcomes in short. */
function said(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => {
    const rest =
      outcome.kind === 'skip' ? `${outcome.skip}: ${outcome.reason}` : outcome.kind === 'broken' ? outcome.message : '';
    return [outcome.requirement, outcome.kind, rest].filter(Boolean).join(' ');
  });
}

const judged = (testCase: Case, exchanges: readonly Told[], variables: Trace['header']['variables'] = {}) =>
  said(judgeCase(testCase, traceOf(exchanges, { variables })));

describe('an expectation', () => {
  it('is kept, with the exchange that shows it', () => {
    expect(judgeCase(expecting({ that: { status: { const: 200 } } }), traceOf([PINGED]))).toEqual([
      { requirement: RULE, kind: 'kept', evidence: { exchange: 1 } },
    ]);
  });

  it('sees what its client heard in other exchanges, and nothing that another client heard', () => {
    const notice = (method: string) => ({ jsonrpc: '2.0', method });
    const hears = (method: string): Expectation => ({
      that: { heard: { contains: { properties: { method: { const: method } }, required: ['method'] } } },
    });
    const later: Told[] = [
      { step: 1, method: 'GET', events: [notice('mine')] },
      { step: 2, client: 'b', method: 'GET', events: [notice('foreign')] },
    ];
    const [mine, foreign] = judged(expecting(hears('mine'), hears('foreign')), [PINGED, ...later]);
    expect(mine).toBe(`${RULE} kept`);
    expect(foreign).toContain(`${RULE} broken heard should contain`);
  });

  it('is broken, with the place and what was there', () => {
    const testCase = expecting({ that: { error: { properties: { code: { const: -32601 } } } } });
    const trace = traceOf([{ sent: PING, json: { jsonrpc: '2.0', id: 1, error: { code: '-32601', message: '' } } }]);
    expect(judgeCase(testCase, trace)).toEqual([
      {
        requirement: RULE,
        kind: 'broken',
        message: 'error.code should be -32601, was "-32601"',
        evidence: { exchange: 1, path: 'error.code', actual: '-32601' },
      },
    ]);
  });

  it('is broken by what is not there', () => {
    const [outcome] = judgeCase(expecting({ that: { error: true } }), traceOf([PINGED]));
    expect(outcome).toEqual({
      requirement: RULE,
      kind: 'broken',
      message: 'error is missing (expected something)',
      evidence: { exchange: 1, path: 'error' },
    });
  });

  it('says why that is wrong', () => {
    expect(judged(expecting({ that: { status: { const: 202 } }, because: 'it was not accepted' }), [PINGED])).toEqual([
      `${RULE} broken it was not accepted: status should be 202, was 200`,
    ]);
  });

  it('says for which example of a table', () => {
    const that = { status: { const: 202 } };
    const judgedFor = (expectation: Expectation) => {
      const testCase = expecting(expectation);
      const steps = testCase.steps.map((step) => ({ ...step, example: 'no-method' }));
      return judged({ ...testCase, steps }, [PINGED]);
    };
    expect(judgedFor({ that, because: 'it was not accepted' })).toEqual([
      `${RULE} broken it was not accepted (no-method): status should be 202, was 200`,
    ]);
    expect(judgedFor({ that })).toEqual([`${RULE} broken no-method: status should be 202, was 200`]);
  });

  it('says how the exchange ended, where it ended badly', () => {
    const testCase = expecting({ that: { result: true } });
    expect(judged(testCase, [{ sent: PING, status: null, end: 'timeout' }])).toEqual([
      `${RULE} broken result is missing (expected something); the exchange ended by timeout`,
    ]);
    expect(judged(testCase, [{ sent: PING, status: null, end: 'broken', detail: 'ECONNRESET' }])).toEqual([
      `${RULE} broken result is missing (expected something); the exchange ended by broken (ECONNRESET)`,
    ]);
    expect(judged(testCase, [{ sent: PING, status: 202, end: 'closed-by-harness' }])).toEqual([
      `${RULE} broken result is missing (expected something)`,
    ]);
  });

  it('weighs at most what it says', () => {
    const testCase = expecting({ that: { status: false }, atMost: 'warn' });
    expect(judgeCase(testCase, traceOf([PINGED]))).toMatchObject([{ kind: 'broken', atMost: 'warn' }]);
    expect(judgeCase(expecting({ that: { status: false } }), traceOf([PINGED]))[0]).not.toHaveProperty('atMost');
  });

  it('judges only when its condition is seen', () => {
    const testCase = expecting(
      { when: { error: true }, that: { status: { const: 400 } } },
      { when: { result: true, status: { maximum: 299 } }, that: { form: { const: 'json' } } },
    );
    expect(judged(testCase, [PINGED])).toEqual([`${RULE} kept`]);
  });

  it('judges only in its revisions', () => {
    const testCase = expecting(
      { revisions: '<2025-11-25', that: { status: false } },
      { revisions: '>=2025-11-25', that: { status: true } },
    );
    expect(judged(testCase, [PINGED])).toEqual([`${RULE} kept`]);
    expect(said(judgeCase(testCase, traceOf([PINGED], { revision: '2025-06-18' })))).toEqual([
      `${RULE} broken status should not be there, was 200`,
    ]);
  });

  it('blames the rule that it names', () => {
    const testCase = caseOf(
      [
        {
          expect: [
            { rule: 'http.post.rejected-4xx', that: { status: { minimum: 400 } } },
            { rule: RULE, that: { result: true } },
          ],
        },
      ],
      { requires: [RULE, 'http.post.rejected-4xx'] },
    );
    expect(judged(testCase, [PINGED])).toEqual([
      'http.post.rejected-4xx broken status must be >= 400, was 200',
      `${RULE} kept`,
    ]);
  });

  it('shows a long value in short', () => {
    const [text = ''] = judged(expecting({ that: { result: { required: ['a'] } } }), [
      { sent: PING, json: { ...PONG, result: { long: 'x'.repeat(1_000) } } },
    ]);
    expect(text).toMatch(/was \{"long":"x+\.\.\.$/);
    expect(text.length).toBeLessThan(250);
  });

  it('judges a value that is nested too deeply to show', () => {
    const deep = `{"jsonrpc":"2.0","id":1,"result":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(judged(expecting({ that: { result: { type: 'object' } } }), [{ sent: PING, chunks: [deep] }])).toEqual([
      `${RULE} broken result must be object, was ... (nested too deeply)`,
    ]);
  });
});

describe('a rule that nothing shows', () => {
  it('is not verified', () => {
    expect(judged(expecting({ when: { error: true }, that: { status: true } }), [PINGED])).toEqual([
      `${RULE} skip not-verified: it speaks of other answers: error is missing (expected something)`,
    ]);
    expect(judged(caseOf([{}]), [PINGED])).toEqual([`${RULE} skip not-verified: nothing in the answers exercised it`]);
  });

  it('says in few words what kind of answer it takes', () => {
    const reason = (when: Expectation['when']) => judged(expecting({ ...(when ? { when } : {}), that: {} }), [PINGED]);
    expect(reason({ form: { const: 'sse' } })).toEqual([
      `${RULE} skip not-verified: it speaks of other answers: form should be "sse", was "json"`,
    ]);
    const [long = ''] = reason({
      response: { type: 'object', required: ['error'], properties: { error: { const: 'x'.repeat(500) } } },
    });
    expect(long.length).toBeLessThan(250);
  });

  it('is not verified beside another that is', () => {
    const testCase = caseOf([{ expect: [{ rule: RULE, that: { status: true } }] }], { requires: ['a.other', RULE] });
    expect(judged(testCase, [PINGED])).toEqual([
      `${RULE} kept`,
      'a.other skip not-verified: nothing in the answers exercised it',
    ]);
  });
});

describe('an assumption that does not hold', () => {
  const assume = [{ that: { status: { const: 202 } }, otherwise: 'not-applicable', because: 'it takes none' }] as const;
  const steps = [{ expect: { result: true } }, { assume, expect: { result: false } }, { expect: { result: false } }];

  it('ends the case, and what was seen before stays', () => {
    const exchanges = [0, 1, 2].map((step) => ({ ...PINGED, step }));
    expect(judged(caseOf(steps), exchanges)).toEqual([`${RULE} kept`]);
  });

  it('is the reason for the rules that were not judged', () => {
    expect(judged(caseOf([{ assume, expect: { result: false } }]), [PINGED])).toEqual([
      `${RULE} skip not-applicable: it takes none`,
    ]);
  });

  it('may speak of what was not seen', () => {
    const unknown = [
      { that: { status: { const: '${first.status}' } }, otherwise: 'blocked', because: 'no first' },
    ] as const;
    expect(judged(caseOf([{ assume: unknown, expect: { result: false } }]), [PINGED])).toEqual([
      `${RULE} skip blocked: no first`,
    ]);
  });

  it('is the first that does not hold', () => {
    const two = [
      { that: { status: true }, otherwise: 'blocked', because: 'holds' },
      { that: { error: true }, otherwise: 'not-verified', because: 'the first' },
      { that: { status: false }, otherwise: 'blocked', because: 'the second' },
    ] as const;
    expect(judged(caseOf([{ assume: two, expect: { result: false } }]), [PINGED])).toEqual([
      `${RULE} skip not-verified: the first`,
    ]);
  });

  it('leaves the expectations of its step when it holds', () => {
    const holds = [{ that: { status: { const: 200 } }, otherwise: 'blocked', because: 'x' }] as const;
    expect(judged(caseOf([{ assume: holds, expect: { result: true } }]), [PINGED])).toEqual([`${RULE} kept`]);
  });
});

describe('a set-up that failed blocks the case', () => {
  const ready = caseOf([{ expect: { result: true } }], { given: 'ready' });
  const blocked = (reason: string) => [`${RULE} skip blocked: ${reason}`];

  it.each<[string, readonly Told[], string]>([
    ['nothing was sent', [], 'the case did not run'],
    [
      'the connection was refused',
      [{ step: -1, sent: INITIALIZE, status: null, end: 'refused', detail: 'ECONNREFUSED' }],
      'no session could be opened: the connection was refused (ECONNREFUSED)',
    ],
    [
      'there was no answer',
      [{ step: -1, sent: INITIALIZE, status: null, end: 'timeout' }],
      'no session could be opened: initialize was not answered: timeout',
    ],
    [
      'the connection broke',
      [{ step: -1, sent: INITIALIZE, status: null, end: 'broken', detail: 'ECONNRESET' }],
      'no session could be opened: initialize was not answered: broken (ECONNRESET)',
    ],
    [
      'the trace ends',
      [{ step: -1, sent: INITIALIZE, status: null, end: null }],
      'no session could be opened: initialize was not answered: the trace ends before',
    ],
    [
      'there was an error',
      [{ step: -1, sent: INITIALIZE, json: { jsonrpc: '2.0', id: 1, error: { code: 1, message: 'no' } } }],
      'no session could be opened: initialize was answered with the error {"code":1,"message":"no"}',
    ],
    [
      'there was no result',
      [{ step: -1, sent: INITIALIZE, status: 503, type: 'text/html', chunks: ['<p>'] }],
      'no session could be opened: initialize was answered with HTTP 503 and no result',
    ],
    [
      'of one of two clients',
      [OPENED, CONFIRMED, { ...OPENED, client: 'b', status: 429, json: {} }],
      'no session could be opened: initialize was answered with HTTP 429 and no result',
    ],
  ])('%s', (_, exchanges, reason) => {
    expect(judged(ready, [...exchanges, PINGED])).toEqual(blocked(reason));
  });

  it('but not one that went well', () => {
    expect(judged(ready, [OPENED, CONFIRMED, PINGED])).toEqual([`${RULE} kept`]);
  });

  it('but not for the answer to notifications/initialized, which is judged by itself', () => {
    expect(judged(ready, [OPENED, { ...CONFIRMED, status: 500 }, PINGED])).toEqual([`${RULE} kept`]);
  });

  it('but not a case that does it itself', () => {
    const testCase = caseOf([{ initialize: {}, expect: { error: true } } as Partial<Step>]);
    const error = { jsonrpc: '2.0', id: 1, error: { code: 1, message: 'no' } };
    expect(judged(testCase, [{ sent: INITIALIZE, json: error }])).toEqual([`${RULE} kept`]);
  });
});

describe('a step that was not made blocks the rest', () => {
  const two = caseOf([{ expect: { result: true } }, { expect: { result: true } }]);

  it('by its number', () => {
    expect(judged(two, [])).toEqual([`${RULE} skip blocked: step 1 of the case could not be made`]);
    expect(judged(two, [PINGED])).toEqual([`${RULE} kept`]);
    expect(judged(caseOf([{}, { expect: { result: true } }]), [PINGED])).toEqual([
      `${RULE} skip blocked: step 2 of the case could not be made`,
    ]);
  });

  it('because the target went away', () => {
    expect(judged(two, [{ sent: PING, status: null, end: 'refused' }])).toEqual([
      `${RULE} skip blocked: the target no longer accepts connections`,
    ]);
  });

  it('but what the harness sent by itself is no step', () => {
    expect(judged(caseOf([{ expect: { result: true } }]), [{ ...PINGED, step: null, json: {} }, PINGED])).toEqual([
      `${RULE} kept`,
    ]);
  });
});

describe('what a case needs and the target has not', () => {
  const server = {
    capabilities: { tools: { listChanged: false }, logging: {}, off: false, none: null },
    session: false,
  };
  const needing = (...needs: string[]) =>
    judged(caseOf([{ expect: { result: true } }], { needs }), [PINGED], { server, tool: { name: 'x' } });

  it.each([
    [['tools'], 'kept'],
    [['logging', 'tools'], 'kept'],
    [['stimulus:tool'], 'kept'],
    [['no:prompts'], 'kept'],
    [['no:tools.listChanged'], 'kept'],
    [['no:off', 'no:none'], 'kept'],
    [['prompts'], 'skip not-applicable: the server does not declare prompts'],
    [['tools', 'prompts'], 'skip not-applicable: the server does not declare prompts'],
    [['tools.listChanged'], 'skip not-applicable: the server does not declare tools.listChanged'],
    [['tools.listChanged.deeper'], 'skip not-applicable: the server does not declare tools.listChanged.deeper'],
    [['no:tools'], 'skip not-applicable: the server declares tools'],
    [['session'], 'skip not-applicable: the server issues no session id'],
    [
      ['stimulus:slow-tool'],
      'skip not-verified: the target shows no slow-tool to try it with; name one in the config file: "stimuli: { slow-tool: ... }"',
    ],
  ])('%j: %s', (needs, expected) => {
    expect(needing(...needs)).toEqual([`${RULE} ${expected}`]);
  });

  it('is nothing the server inherited from JavaScript', () => {
    expect(needing('constructor')).toEqual([`${RULE} skip not-applicable: the server does not declare constructor`]);
    expect(needing('stimulus:constructor')[0]).toContain('skip not-verified');
  });

  it('is everything when nothing is known of it', () => {
    const testCase = caseOf([{ expect: { result: true } }], { needs: ['session'] });
    expect(judged(testCase, [PINGED])).toEqual([`${RULE} skip not-applicable: the server issues no session id`]);
  });
});

describe('placeholders', () => {
  const idIs = (id: Json) => ({ expect: { response: { properties: { id: { const: id } } } } });

  it('stand for members of the example, with their types', () => {
    const testCase = caseOf([idIs('${id}')], { example: { id: '1' } });
    expect(judged(testCase, [{ sent: { ...PING, id: '1' }, json: PONG }])).toEqual([
      `${RULE} broken response.id should be "1", was 1`,
    ]);
  });

  it('stand for what earlier steps saw and sent', () => {
    const testCase = caseOf([
      { name: 'first' },
      {
        expect: {
          response: { properties: { id: { const: '${first.sent.id}' } } },
          status: { const: '${first.status}' },
        },
      },
    ]);
    expect(judged(testCase, [PINGED, { ...PINGED, step: 1 }])).toEqual([`${RULE} kept`]);
    expect(judged(testCase, [PINGED, { ...PINGED, step: 1, status: 400 }])).toEqual([
      `${RULE} broken status should be 200, was 400`,
    ]);
  });

  it('stand for values of the run', () => {
    expect(judged(caseOf([idIs('${server.id}')]), [PINGED], { server: { id: 1 } })).toEqual([`${RULE} kept`]);
  });

  it('of the example hide those of the run', () => {
    expect(judged(caseOf([idIs('${id}')], { example: { id: 1 } }), [PINGED], { id: 2 })).toEqual([`${RULE} kept`]);
  });

  it('without a value block their expectation, not the others', () => {
    const testCase = expecting({ that: { status: { const: '${nobody.status}' } } }, { that: { result: true } });
    expect(judged(testCase, [PINGED])).toEqual([
      `${RULE} skip blocked: nothing is known as \${nobody.status}`,
      `${RULE} kept`,
    ]);
  });
});

describe('the judge is pure', () => {
  const testCase = caseOf(
    [
      {
        name: 'first',
        expect: [{ that: { status: { const: 202 } }, atMost: 'warn' }, { that: { body: { const: '${nobody}' } } }],
      },
      {
        expect: [
          { that: { messages: { minItems: 2 }, ending: { const: 'broken' } } },
          { that: { body: { maxLength: 0 } } },
        ],
      },
      { expect: { closedAfter: { minimum: 1_000 } } },
    ],
    { given: 'ready', requires: [RULE, 'a.other'] },
  );
  const trace = traceOf([
    OPENED,
    CONFIRMED,
    PINGED,
    {
      step: 1,
      sent: PING,
      type: 'text/event-stream',
      chunks: ['data: {}\r', '\n\r\ndata: ü', Uint8Array.of(0xff), '\n\n'],
      end: 'broken',
      detail: 'ECONNRESET',
    },
    { step: 2, sent: PING, events: [PONG] },
  ]);
  const copy = (): Trace => structuredClone(trace);

  it('the same case and trace give the same outcomes', () => {
    const first = judgeCase(testCase, trace);
    expect(said(first)).toHaveLength(6);
    expect(judgeCase(testCase, trace)).toEqual(first);
    expect(judgeCase(testCase, copy())).toEqual(first);
  });

  it('the trace and the case stay as they were', () => {
    const [traceBefore, caseBefore] = [copy(), structuredClone(testCase)];
    judgeCase(testCase, trace);
    expect(copy()).toEqual(traceBefore);
    expect(testCase).toEqual(caseBefore);
  });

  it('a trace that was written and read again is judged alike', () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-judge-'));
    try {
      const path = join(folder, 'trace.jsonl');
      writeTraces(path, [trace], (text) => text);
      expect(readTraces(path).map((read) => judgeCase(testCase, read))).toEqual([judgeCase(testCase, trace)]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
