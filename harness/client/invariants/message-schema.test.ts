import { holdsAgainst } from '../../invariants/testing/table.ts';
import { confirmed, notification, opened, request, result } from '../../invariants/testing/trace-builder.ts';
import { messageSchema } from './message-schema.ts';

const revision = '2025-11-25';
const RULE = 'jsonrpc.schema';
const PARAMS = { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'a', version: '1' } };
const open = opened({ revision });
const asking = { sent: request(1, 'tools/list'), events: [{ data: request('r', 'roots/list') }] };

holdsAgainst(messageSchema, [
  {
    shows: 'a session in order',
    exchanges: [open, confirmed(), { sent: request(1, 'tools/list') }],
    says: [1, 2, 3].map((at) => `kept ${RULE} #${at}`),
  },
  {
    shows: 'params of another type',
    exchanges: [{ sent: request(1, 'tools/call', { name: 5 }) }],
    says: [`broken ${RULE} #1`],
  },
  {
    shows: 'a result in order',
    exchanges: [asking, { sent: result('r', { roots: [] }) }],
    says: [`kept ${RULE} #1`, `kept ${RULE} #2`],
  },
  {
    shows: 'a result that lacks what it must have',
    exchanges: [asking, { sent: result('r', {}) }],
    says: [`kept ${RULE} #1`, `broken ${RULE} #2`],
  },
  { shows: "silence on methods that are not MCP's", exchanges: [{ sent: notification('x/y', { z: 1 }) }], says: [] },
  {
    shows: 'silence on initialize without clientInfo, which another rule judges',
    exchanges: [{ sent: request(1, 'initialize', { protocolVersion: revision, capabilities: {} }) }],
    says: [],
  },
  {
    shows: 'silence on initialize for another revision',
    exchanges: [
      { sent: request(1, 'initialize', { ...PARAMS, protocolVersion: '2026-07-28', capabilities: { roots: 5 } }) },
    ],
    says: [],
  },
  {
    shows: 'capabilities of another type',
    exchanges: [{ sent: request(1, 'initialize', { ...PARAMS, capabilities: { roots: 5 } }) }],
    says: [`broken ${RULE} #1`],
  },
  {
    shows: 'silence where another revision was agreed on',
    exchanges: [opened({ revision, negotiates: '2025-06-18' }), { sent: request(1, 'tools/call', { name: 5 }) }],
    says: [`kept ${RULE} #1`],
  },
]);
