import { expect, it } from 'vitest';
import { catalogue } from '../../spec/catalogue.ts';
import { killMatrix } from './kill-matrix.ts';
import { summaryText } from './print.ts';
import { proofOf } from './proof.ts';
import { reportOf } from './report.ts';
import { casesOf, harmless, resultOf } from './testing/proving.ts';

const killed = harmless({ id: 'killed', title: 'says a | b' });
const survivor = harmless({ id: 'survivor' });
const proof = proofOf(
  [
    resultOf({ kind: 'clean', subject: 'clean' }),
    resultOf({ subject: 'killed' }, [
      { requirement: 'session.missing-400', verdict: 'warn', checks: ['session.missing'] },
      { requirement: 'ping.respond' },
    ]),
    resultOf({ subject: 'survivor' }),
  ],
  {
    defects: [killed, survivor],
    unproven: [],
    suites: casesOf('session.missing'),
    catalogue: catalogue(),
    whole: true,
  },
);

it('shows each defect with what it broke', () => {
  const page = killMatrix(proof);
  expect(page).toContain(
    '2 defects break 1 requirements; checks claim to judge 1. 1 clean subjects at each revision: nothing is blamed.',
  );
  expect(page).toContain('1 of 1 checks fail in at least one of these trials.');
  expect(page).toContain(
    '| `killed` | says a \\| b | 2025-11-25 | `session.missing-400` | **warn** | `ping.respond` fail: **wrongly** |',
  );
  expect(page).toContain('| `survivor` | does nothing wrong | 2025-11-25 | `session.missing-400` | **survives** |  |');
  expect(page).toContain('- survives: survivor at 2025-11-25: session.missing-400 is not blamed, nor anything else');
});

it('says the same as JSON and on a terminal', () => {
  expect(reportOf(proof)).toMatchObject({
    holds: false,
    summary: { defects: 2, trials: 3, requirementsBroken: 1, requirementsClaimed: 1 },
    defects: [
      { id: 'killed', killed: false },
      { id: 'survivor', killed: false, blames: [] },
    ],
  });
  expect(summaryText(proof)).toContain(
    'The proof does not hold, for 2 reasons:\n  wrongly-blamed  killed at 2025-11-25',
  );
});
