import { expect, it } from 'vitest';
import type { Revision, Transport } from '../../../spec/revisions.ts';
import type { Invariant } from '../invariant.ts';
import { verdicts, viewOf, type WrittenExchange } from './trace-builder.ts';

/** A trace and what an invariant has to say of it: nothing at all where `says` is empty. */
export interface Row {
  readonly shows: string;
  readonly revision?: Revision;
  readonly transport?: Transport;
  readonly exchanges: readonly WrittenExchange[];
  readonly says: readonly string[];
}

/** Holds an invariant against the traces of a table, at 2025-11-25 unless a row says otherwise. */
export function holdsAgainst(invariant: Invariant, rows: readonly Row[]): void {
  it.each(rows)('$shows', ({ revision = '2025-11-25', transport, exchanges, says }) => {
    expect(verdicts(invariant, viewOf(revision, exchanges, transport))).toEqual(says);
  });
}
