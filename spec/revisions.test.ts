import { describe, expect, it } from 'vitest';
import { factsOf, isRevision, REVISIONS, revisionsIn } from './revisions.ts';

const [A, B, C, D, E] = REVISIONS;

describe('a range of revisions', () => {
  it.each([
    ['all', [A, B, C, D, E]],
    ['2025-06-18', [C]],
    ['>=2025-06-18', [C, D, E]],
    ['>2025-06-18', [D, E]],
    ['<=2025-06-18', [A, B, C]],
    ['<2025-06-18', [A, B]],
    ['>=2025-03-26 <2026-07-28', [B, C, D]],
    ['<2026-07-28 >=2025-03-26', [B, C, D]],
    ['>2024-11-05   <=2025-06-18', [B, C]],
    ['>=2025-03-26 2025-11-25', [D]],
    ['<2024-11-05', []],
    ['>2026-07-28', []],
    ['2025-03-26 2025-06-18', []],
  ])('%s', (range, expected) => {
    expect(revisionsIn(range)).toEqual(expected);
  });

  it.each([
    '',
    ' ',
    'latest',
    'ALL',
    '2025-06-19',
    '>=2025-06',
    '=2025-06-18',
    '== 2025-06-18',
    '>= 2025-06-18',
    '2025-06-18,2025-11-25',
    'all 2025-06-18',
    '2025-06-18..2025-11-25',
    ' 2025-06-18',
    '=>2025-06-18',
    '>=2025-03-26 <2026-07-29',
  ])('%j is none', (range) => {
    expect(() => revisionsIn(range)).toThrow(new RangeError(`"${range}" is not a range of revisions`));
  });

  it('gives a list of its own each time', () => {
    revisionsIn('all').pop();
    expect(revisionsIn('all')).toEqual(REVISIONS);
  });
});

it('knows its own revisions and no others', () => {
  expect(REVISIONS.every(isRevision)).toBe(true);
  expect(['', '2025-06-1', '2025-06-19', 'draft', 'constructor'].some(isRevision)).toBe(false);
});

it('has the revisions in the order of their dates', () => {
  expect([...REVISIONS].sort()).toEqual(REVISIONS);
});

describe('the facts', () => {
  it.each([
    ['era', ['stateful', 'stateful', 'stateful', 'stateful', 'stateless']],
    ['batching', [false, true, false, false, false]],
    ['versionHeader', [null, null, 'MCP-Protocol-Version', 'MCP-Protocol-Version', 'MCP-Protocol-Version']],
    ['sessionHeader', [null, 'Mcp-Session-Id', 'Mcp-Session-Id', 'MCP-Session-Id', null]],
    ['foreignOriginStatus', [null, null, null, 403, 403]],
    ['errorIdOptional', [false, false, false, true, true]],
    ['resourceNotFound', [-32002, -32002, -32002, -32002, -32602]],
    ['primeEvent', [false, false, false, true, false]],
  ] as const)('%s', (name, expected) => {
    expect(REVISIONS.map((revision) => factsOf(revision)[name])).toEqual(expected);
  });

  it('transports', () => {
    expect(REVISIONS.filter((revision) => factsOf(revision).transports.includes('stdio'))).toEqual(REVISIONS);
    expect(REVISIONS.filter((revision) => factsOf(revision).transports.includes('http+sse'))).toEqual([A]);
    expect(REVISIONS.filter((revision) => factsOf(revision).transports.includes('streamable-http'))).toEqual([
      B,
      C,
      D,
      E,
    ]);
  });
});
