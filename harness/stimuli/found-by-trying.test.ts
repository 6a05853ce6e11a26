import { describe, expect, it } from 'vitest';
import { foundByTrying, type Tried, worksFirst } from './found-by-trying.ts';
import { tried } from './testing/tried.ts';

const found = (...all: Tried[]) =>
  Object.fromEntries(Object.entries(foundByTrying(all)).flatMap(([name, call]) => (call ? [[name, call.name]] : [])));

describe('what tools turn out to be', () => {
  it.each([
    ['quick', {}, {}],
    ['slow', { ms: 1_000 }, { 'slow-tool': 'slow' }],
    ['far too slow', { ms: 5_000 }, {}],
    ['progressing', { progress: 2 }, { 'progressing-tool': 'progressing' }],
    ['logging', { logs: 1 }, { 'logging-tool': 'logging' }],
    ['asking', { asked: ['elicitation/create'], ms: 1_000 }, { 'eliciting-tool': 'asking' }],
    ['asking elsewhere', { asked: ['elicitation/create'], elsewhere: true, ms: 1_000 }, {}],
    [
      'lending tools',
      { asked: ['sampling/createMessage'], lent: true },
      { 'sampling-tool': 'lending tools', 'tool-sampling-tool': 'lending tools' },
    ],
    ['drawing', { content: ['image', 'text'] }, { 'image-tool': 'drawing', 'mixed-tool': 'drawing' }],
    ['failing', { answer: 'failure' }, { 'failing-tool': 'failing' }],
    ['failing', { answer: 'error', code: -32_000 }, { 'failing-tool': 'failing' }],
    ['refusing', { answer: 'error', code: -32_602 }, {}],
  ] as const)('%s, by %j', (name, shown, stimuli) => {
    expect(found(tried(name, shown))).toEqual(stimuli);
  });

  it('asks best where it asks one thing and gives a state to come back with', () => {
    const asked = ['elicitation/create'];
    expect(found(tried('plain', { asked }), tried('stated', { asked, stated: true }))).toEqual({
      'eliciting-tool': 'stated',
    });
  });

  it('is slow and progresses where it takes its time for several steps', () => {
    expect(found(tried('a', { ms: 900, progress: 5 }), tried('b', { ms: 2_000, progress: 5 }))).toEqual({
      'slow-tool': 'b',
      'progressing-tool': 'a',
      'slowly-progressing-tool': 'b',
    });
  });

  it('puts what worked at once before what was slow, and what failed last', () => {
    const tools = ['failed', 'untried', 'slow', 'quick'].map((name) => ({ name }));
    const all = [tried('failed', { answer: 'failure' }), tried('slow', { ms: 2_000 }), tried('quick')];
    expect(worksFirst(tools, all).map(({ name }) => name)).toEqual(['quick', 'slow', 'untried', 'failed']);
  });
});
