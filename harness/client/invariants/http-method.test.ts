import { holdsAgainst } from '../../invariants/testing/table.ts';
import { request, result } from '../../invariants/testing/trace-builder.ts';
import { httpMethod } from './http-method.ts';

const ping = { sent: request(1, 'ping'), json: result(1) };
const two = `${JSON.stringify(request(1, 'ping'))}\n${JSON.stringify(request(2, 'ping'))}`;
const METHOD = 'http.post.method #1';
const ONE = 'http.post.one-message-per-post #1';

holdsAgainst(httpMethod, [
  { shows: 'a POST', exchanges: [ping], says: [`kept ${METHOD}`, `kept ${ONE}`] },
  { shows: 'a PUT', exchanges: [{ ...ping, method: 'PUT' }], says: [`broken ${METHOD}`] },
  { shows: 'several messages in a body', exchanges: [{ text: two }], says: [`broken ${ONE}`] },
  {
    shows: 'several messages without line ends',
    exchanges: [{ text: two.replace('\n', '') }],
    says: [`broken ${ONE}`],
  },
  { shows: 'silence on a body that is no JSON', exchanges: [{ text: '{' }], says: [] },
  { shows: 'silence on a GET', exchanges: [{ method: 'GET', status: 405 }], says: [] },
]);
