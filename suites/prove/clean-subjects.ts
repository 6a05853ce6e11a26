import type { Defect } from '../../fixtures/defects/defect.ts';

/** The reference server in each of the ways it can answer: no requirement may be blamed on any of them. */
export const cleanSubjects: Readonly<Record<string, Pick<Defect, 'options'>>> = {
  'reference-server': {},
  'reference-server, answers as JSON': { options: { answers: 'json' } },
  'reference-server, answers as streams': { options: { answers: 'sse' } },
  'reference-server, one item a page': { options: { pageSize: 1 } },
};
