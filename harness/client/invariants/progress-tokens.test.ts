import type { Json } from '../../../spec/messages.ts';
import { holdsAgainst } from '../../invariants/testing/table.ts';
import { request, result } from '../../invariants/testing/trace-builder.ts';
import { progressTokens } from './progress-tokens.ts';

const TYPE = 'progress.token-type';
const UNIQUE = 'progress.token-unique';
const asking = (id: number, progressToken: Json) => ({
  sent: request(id, 'tools/call', { _meta: { progressToken } }),
  json: result(id),
});
const meanwhile = (progressToken: Json) => ({ ...asking(2, progressToken), at: 5 });

holdsAgainst(progressTokens, [
  { shows: 'a text', exchanges: [asking(1, 'a')], says: [`kept ${TYPE} #1`] },
  { shows: 'a fraction', exchanges: [asking(1, 1.5)], says: [`broken ${TYPE} #1`] },
  {
    shows: 'the same again afterwards',
    exchanges: [asking(1, 1), asking(2, 1)],
    says: [`kept ${TYPE} #1`, `kept ${TYPE} #2`],
  },
  {
    shows: 'another meanwhile',
    exchanges: [asking(1, 1), meanwhile('1')],
    says: [`kept ${TYPE} #1`, `kept ${TYPE} #2`, `kept ${UNIQUE} #2`],
  },
  {
    shows: 'the same meanwhile',
    exchanges: [asking(1, 1), meanwhile(1)],
    says: [`kept ${TYPE} #1`, `kept ${TYPE} #2`, `broken ${UNIQUE} #2`],
  },
  { shows: 'silence where there is none', exchanges: [{ sent: request(1, 'ping'), json: result(1) }], says: [] },
]);
