import { describe } from 'vitest';
import { holdsAgainst } from '../../invariants/testing/table.ts';
import { notification, opened, request, result } from '../../invariants/testing/trace-builder.ts';
import { messageOrBatch, singleMessage } from './single-message.ts';

const revision = '2025-11-25';
const pings = { sent: [request(1, 'ping'), request(2, 'ping')], json: [result(1), result(2)] };

describe('since batches are gone', () => {
  const RULE = 'http.post.single-message';
  holdsAgainst(singleMessage, [
    { shows: 'one message', exchanges: [opened({ revision })], says: [`kept ${RULE} #1`] },
    { shows: 'an array', exchanges: [pings], says: [`broken ${RULE} #1`] },
    { shows: 'an array of one', exchanges: [{ sent: [notification('x')] }], says: [`broken ${RULE} #1`] },
    { shows: 'an empty array', exchanges: [{ sent: [], status: 400 }], says: [`broken ${RULE} #1`] },
    { shows: 'an empty body', exchanges: [{ text: '', status: 400 }], says: [`broken ${RULE} #1`] },
    { shows: 'silence on a body that is no JSON', exchanges: [{ text: '{' }], says: [] },
    {
      shows: 'silence where a revision with batches was agreed on',
      exchanges: [opened({ revision, negotiates: '2025-03-26' }), pings],
      says: [`kept ${RULE} #1`],
    },
  ]);
});

describe('while there were batches', () => {
  const FORM = 'http.post.message-or-batch #1';
  const INITIALIZE = 'lifecycle.init.not-in-batch #1';
  const MAY = 'jsonrpc.batch.send-may #1';
  const old = '2025-03-26';
  const initialize = opened({ revision: old });
  holdsAgainst(messageOrBatch, [
    { shows: 'one message', revision: old, exchanges: [initialize], says: [`kept ${FORM}`, `kept ${INITIALIZE}`] },
    { shows: 'a batch', revision: old, exchanges: [pings], says: [`kept ${FORM}`, `kept ${MAY}`] },
    {
      shows: 'initialize in a batch',
      revision: old,
      exchanges: [{ ...initialize, sent: [initialize.sent ?? null] }],
      says: [`kept ${FORM}`, `broken ${INITIALIZE}`, `kept ${MAY}`],
    },
    {
      shows: 'responses among others',
      revision: old,
      exchanges: [{ sent: [request(1, 'ping'), result('a')] }],
      says: [`broken ${FORM}`, `kept ${MAY}`],
    },
    { shows: 'an empty array', revision: old, exchanges: [{ sent: [], status: 400 }], says: [`broken ${FORM}`] },
    { shows: 'an empty body', revision: old, exchanges: [{ text: '', status: 400 }], says: [`broken ${FORM}`] },
  ]);
});
