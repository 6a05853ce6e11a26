import { holdsAgainst } from '../../invariants/testing/table.ts';
import { opened, request, result } from '../../invariants/testing/trace-builder.ts';
import { cursors } from './cursors.ts';

const RULE = 'page.opaque #3';
const paging = (given: string, sent: string | number) => [
  opened({ revision: '2025-11-25' }),
  { sent: request(1, 'tools/list'), json: result(1, { tools: [], nextCursor: given }) },
  { sent: request(2, 'tools/list', { cursor: sent }), json: result(2, { tools: [] }) },
];

holdsAgainst(cursors, [
  { shows: 'a cursor as it was given', exchanges: paging(' a ', ' a '), says: [`kept ${RULE}`] },
  { shows: 'a cursor that was trimmed', exchanges: paging(' a ', 'a'), says: [`broken ${RULE}`] },
  { shows: 'a cursor that was read as a number', exchanges: paging('02', 2), says: [`broken ${RULE}`] },
  { shows: 'silence on cursors beyond ASCII, which cases judge', exchanges: paging('ü', 'u'), says: [] },
  { shows: 'silence where no cursor is sent', exchanges: paging('a', 'a').slice(0, 2), says: [] },
]);
