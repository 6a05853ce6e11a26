import type { HeaderPairs } from '../../wire/headers.ts';

/** A client's HTTP request as it arrived. */
export interface Arrival {
  readonly method: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
}

/** What is written in answer to one request, down to the chunks. */
export interface Plan {
  /** Milliseconds before the answer begins. */
  readonly delay: number;
  readonly status: number;
  readonly headers: HeaderPairs;
  readonly chunks: readonly PlannedChunk[];
  readonly ending: 'complete' | 'drop' | 'open';
}

/** Bytes that are written in one piece, and what comes before them. */
export interface PlannedChunk {
  readonly bytes: Uint8Array;
  /** Milliseconds to wait before. */
  readonly wait: number;
  /** Whether to wait until the client has answered what it was asked. */
  readonly awaitsAnswers: boolean;
}

/** A plan for a body that is written without pauses, or for none. */
export function plainPlan(status: number, headers: HeaderPairs, body: readonly Uint8Array[] = []): Plan {
  const chunks = body.map((bytes) => ({ bytes, wait: 0, awaitsAnswers: false }));
  return { delay: 0, status, headers, chunks, ending: 'complete' };
}
