import { describe } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { statelessStreams } from './stateless-streams.ts';
import { holdsAgainst, type Row } from './testing/table.ts';
import { notification, request, result } from './testing/trace-builder.ts';

const revision = '2026-07-28';
const _meta = { 'io.modelcontextprotocol/protocolVersion': revision };
const UNBUFFERED = 'broken sse.x-accel-buffering #1';

function row(shows: string, said: readonly Json[], says: readonly string[]): Row {
  const sent = request(1, 'tools/call', { _meta, name: 'it' });
  return { shows, revision, exchanges: [{ sent, events: said.map((data) => ({ data })) }], says };
}

describe('the stream of an answer', () => {
  holdsAgainst(statelessStreams, [
    row('the response', [result(1)], [UNBUFFERED, 'kept jsonrpc.follows-2.0 #1']),
    row('no response', [notification('notifications/progress')], [UNBUFFERED, 'broken jsonrpc.follows-2.0 #1']),
    row(
      'what belongs to the request',
      [notification('notifications/progress'), result(1)],
      [UNBUFFERED, 'kept jsonrpc.follows-2.0 #1', 'kept sse.post.messages-relate #1'],
    ),
    row(
      'a change',
      [notification('notifications/tools/list_changed'), result(1)],
      [UNBUFFERED, 'kept jsonrpc.follows-2.0 #1', 'broken sse.post.messages-relate #1 (warn)'],
    ),
  ]);
});
