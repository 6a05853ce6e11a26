import type { Defect, DefectRevision } from '../../fixtures/defects/defect.ts';
import { GUARDED } from '../../fixtures/defects/guarded.ts';
import { inFront } from '../../fixtures/defects/stdio-front.ts';
import { SHARING } from '../../fixtures/shared-folder/sharing.ts';

/** A server without any defect, and where it is tried. */
export interface CleanSubject extends Pick<Defect, 'options' | 'transport' | 'front' | 'stimuli'> {
  /** The newest last. */
  readonly revisions: readonly DefectRevision[];
}

const OVER_HTTP: CleanSubject = {
  transport: 'streamable-http',
  revisions: ['2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'],
};
const OVER_STDIO: CleanSubject = { transport: 'stdio', revisions: ['2024-11-05', ...OVER_HTTP.revisions] };

const OVER_SSE: CleanSubject = { transport: 'sse', revisions: ['2024-11-05'] };

/** The reference server in each of the ways it can answer: no requirement may be blamed on any of them. */
export const cleanSubjects: Readonly<Record<string, CleanSubject>> = {
  'reference-server': OVER_HTTP,
  'reference-server, answers as JSON': { ...OVER_HTTP, options: { answers: 'json' } },
  'reference-server, answers as streams': { ...OVER_HTTP, options: { answers: 'sse' } },
  'reference-server, one item a page': { ...OVER_HTTP, options: { pageSize: 1 } },
  'reference-server, to those who have a token': { ...OVER_HTTP, options: { authorization: GUARDED } },
  'reference-server, sharing a folder': { ...OVER_HTTP, ...SHARING, revisions: ['2026-07-28'] },
  'reference-server over stdio': OVER_STDIO,
  'reference-server over stdio, odd in what it may be': {
    ...OVER_STDIO,
    front: inFront({
      // a carriage return is white space in JSON, standard error is free, and nothing says that noise must be answered
      said: (line) => `${line}\r\n`,
      complains: Buffer.from('ERROR: für nichts und wieder nichts\n'),
      asked: (line) => (isJson(line) ? line : null),
    }),
  },
  'reference-server over stdio, not to be moved to go': {
    ...OVER_STDIO,
    // only later a server should go when its standard input is closed; nowhere it must go by a signal
    revisions: ['2025-11-25'],
    front: inFront({ stays: true }),
  },
  'reference-server over HTTP+SSE': OVER_SSE,
};

function isJson(line: Buffer): boolean {
  try {
    JSON.parse(line.toString());
    return true;
  } catch {
    return false;
  }
}
