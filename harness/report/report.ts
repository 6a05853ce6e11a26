import type { Level } from '../../spec/catalogue.ts';
import type { Json } from '../../spec/messages.ts';
import type { SkipReason } from '../verdict/verdict.ts';

/** The verdict as a report spells it: a skip by its reason. */
export type ReportedVerdict =
  | 'pass'
  | 'fail'
  | 'warn'
  | 'info'
  | 'error'
  | 'not-applicable'
  | 'not-verified'
  | 'blocked';

/** The exchange that shows a finding, over HTTP or stdio, shortened for reading; secrets are hidden. */
export interface ShownExchange {
  readonly request: { readonly line: string; readonly headers: readonly string[]; readonly body: string };
  readonly response: {
    readonly status: number;
    readonly headers: readonly string[];
    readonly body: string;
  } | null;
  /** The lines that a server over stdio wrote in answer; absent over HTTP. */
  readonly lines?: string;
  /** How the exchange ended: complete, closed-by-harness, refused, broken, timeout or limit. */
  readonly ending: string;
  /** Milliseconds from the first byte sent to the response's headers, or null when none came. */
  readonly answeredAfterMs: number | null;
}

/** What shows a finding. */
export interface ShownEvidence {
  /** The place in the answer that decides, such as `status` or `error.code`. */
  readonly path?: string;
  /** What was there, with its JSON type. */
  readonly actual?: Json;
  readonly exchange: ShownExchange | null;
}

/** One thing that is not as it should be. */
export interface Finding {
  readonly requirement: string;
  readonly verdict: 'fail' | 'warn' | 'info';
  readonly message: string;
  readonly evidence: ShownEvidence;
  /** Address of the rule in the published specification. */
  readonly link: string;
  /** Whether the baseline lists it. */
  readonly expected?: boolean;
}

/** One case, invariant, property or probe in a report. */
export interface ReportedCase {
  readonly id: string;
  readonly title: string;
  readonly verdict: ReportedVerdict;
  readonly reason?: string;
  readonly requirements: readonly string[];
  readonly findings: readonly Finding[];
  readonly durationMs: number;
  /** A command line that runs just this again. */
  readonly reproduce: string;
}

/** One requirement in a report. */
export interface ReportedRequirement {
  readonly id: string;
  readonly level: Level;
  readonly role: string;
  readonly verdict: ReportedVerdict;
  readonly reason?: string;
  /** The rule in one sentence. */
  readonly text: string;
  readonly link: string;
  readonly cases: readonly string[];
}

/** A failure that the baseline lists, and what became of it. */
export interface BaselineEntry {
  readonly case: string;
  readonly requirement: string;
  readonly why: string;
  /** `mended`: it was judged and did not show any more. `not-judged`: skipped, or not run. */
  readonly state: 'still-failing' | 'mended' | 'not-judged';
}

/** The result of a run; `harness/report/report.schema.json` describes its JSON. */
export interface Report {
  readonly tool: { readonly name: 'mcp-assay'; readonly version: string; readonly catalogue: string };
  readonly target: {
    readonly kind: 'server' | 'client';
    readonly url?: string;
    readonly command?: readonly string[];
    readonly serverInfo: Json;
    readonly revision: string | null;
    readonly transport: string;
  };
  readonly startedAt: string;
  readonly durationMs: number;
  readonly summary: {
    readonly pass: number;
    readonly fail: number;
    readonly warn: number;
    readonly info: number;
    readonly notApplicable: number;
    readonly notVerified: number;
    readonly blocked: number;
    readonly error: number;
  };
  readonly rootCause: null | { readonly case: string; readonly reason: string };
  readonly requirements: readonly ReportedRequirement[];
  readonly cases: readonly ReportedCase[];
  /** Remarks on the run itself, such as where the user service ran. */
  readonly notes: readonly string[];
  /** The known failures that the run was held against, where there were any. */
  readonly baseline?: { readonly file: string; readonly entries: readonly BaselineEntry[] };
}

/** The spelling of a skip in a report. */
export function reported(verdict: Exclude<ReportedVerdict, SkipReason> | 'skip', skip?: SkipReason): ReportedVerdict {
  return verdict === 'skip' ? (skip ?? 'not-verified') : verdict;
}
