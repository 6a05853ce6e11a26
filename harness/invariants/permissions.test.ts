import { describe } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { permissions } from './permissions.ts';
import { holdsAgainst, type Row } from './testing/table.ts';
import { notification, request, result } from './testing/trace-builder.ts';

const revision = '2026-07-28';
const _meta = { 'io.modelcontextprotocol/protocolVersion': revision };
const call = request(1, 'tools/call', { _meta, name: 'it' });
const SCOPED = ['kept jsonrpc.request-scoped-notifications #1', 'kept sse.post.notifications-before #1'];

function answered(shows: string, method: string, json: Json, says: readonly string[]): Row {
  return { shows, revision, exchanges: [{ sent: request(1, method, { _meta }), json }], says };
}

function streamed(shows: string, sent: JsonObject, said: readonly Json[], says: readonly string[]): Row {
  return { shows, revision, exchanges: [{ sent, events: said.map((data) => ({ data })) }], says };
}

const failed = (error: JsonObject) => ({ jsonrpc: '2.0', id: 1, error: { code: -32602, message: 'No', ...error } });
const link = { type: 'resource_link', uri: 'a:b', name: 'b' };

describe('what a server may do', () => {
  holdsAgainst(permissions, [
    streamed('progress before the response', call, [notification('notifications/progress'), result(1)], SCOPED),
    streamed('a log message before the response', call, [notification('notifications/message'), result(1)], SCOPED),
    streamed('nothing in progress after the response', call, [result(1), notification('notifications/progress')], []),
    streamed('nothing in a change', call, [notification('notifications/tools/list_changed'), result(1)], []),
    answered('data in an error', 'tools/call', failed({ data: null }), ['kept jsonrpc.error.data #1']),
    answered('nothing in an error without', 'tools/call', failed({}), []),
    answered(
      'several contents',
      'resources/read',
      result(1, {
        contents: [
          { uri: 'a:b', text: '' },
          { uri: 'a:c', text: '' },
        ],
      }),
      ['kept resources.multi-contents #1'],
    ),
    answered('nothing in one content', 'resources/read', result(1, { contents: [{ uri: 'a:b', text: '' }] }), []),
    answered('a link in a prompt', 'prompts/get', result(1, { messages: [{ role: 'user', content: link }] }), [
      'kept prompts.resource-links #1',
    ]),
    answered('nothing in a link of a tool', 'tools/call', result(1, { content: [link] }), []),
    { shows: 'nothing with a handshake', exchanges: [{ sent: call, json: failed({ data: 1 }) }], says: [] },
  ]);
});
