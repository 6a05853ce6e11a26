import type { Catalogue } from '../../spec/catalogue.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { RunOptions, ServerSuites } from '../run/run.ts';
import type { BaselineWatch } from '../verdict/baseline.ts';
import type { CommandLine } from './reproduce.ts';
import type { Selection } from './select-checks.ts';

/** What to judge a server by, and how. */
export interface ServerAssayOptions extends Omit<RunOptions, 'onChecked'> {
  readonly suites: ServerSuites;
  readonly catalogue: Catalogue;
  /** The checks to report; null for all. */
  readonly selection: Selection | null;
  /** Follows what becomes of known failures; null when there are none. */
  readonly baseline: BaselineWatch | null;
  /** Remarks for the report. */
  readonly notes: readonly string[];
  /** What the lines that reproduce a check are made from. */
  readonly commandLine: CommandLine;
  readonly onProgress?: (progress: Progress) => void;
}

/** What long work tells of itself. */
export type Progress =
  | { readonly kind: 'survey'; readonly revision: Revision | null }
  | { readonly kind: 'judging'; readonly revision: Revision; readonly total: number }
  | { readonly kind: 'checked'; readonly id: string; readonly done: number; readonly total: number };
