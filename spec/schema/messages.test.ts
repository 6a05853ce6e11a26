import { expect, it } from 'vitest';
import { REVISIONS, type Revision, revisionsIn } from '../revisions.ts';
import { schemaDocument } from './document.ts';
import { compileMessageSchemas } from './validators.ts';

const request = (method: string, params?: object) => ({ jsonrpc: '2.0', id: 1, method, ...(params && { params }) });
const notification = (method: string, params?: object) => ({ jsonrpc: '2.0', method, ...(params && { params }) });
const error = (members: object) => ({ jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'x' }, ...members });

const tool = { name: 'add', inputSchema: { type: 'object' } };
const text = { type: 'text', text: 'hello' };
const noContent = { content: [] };
const typed = { resultType: 'complete' };
const cached = { ...typed, ttlMs: 0, cacheScope: 'public' };
const initialize = { protocolVersion: 'x', capabilities: {}, clientInfo: { name: 'c', version: '1' } };
const initialized = { protocolVersion: 'x', capabilities: {}, serverInfo: { name: 's', version: '1' } };
const requestMeta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const form = (field: object) => ({ message: 'm', requestedSchema: { type: 'object', properties: { field } } });
const answer = (value: unknown) => ({ action: 'accept', content: { field: value } });
const task = { taskId: 't', status: 'working', createdAt: 'now', lastUpdatedAt: 'now', ttl: null };

/** A title, a definition, a value, and the revisions that accept it (ranges, `|` between them); all others that have the
 * definition refuse it. */
const CASES: readonly (readonly [title: string, definition: string, value: unknown, accepts: string])[] = [
  ['a request', 'JSONRPCRequest', request('any/thing', {}), 'all'],
  ['a request with id null', 'JSONRPCRequest', { ...request('ping'), id: null }, 'none'],
  ['a request with a fraction for an id', 'JSONRPCRequest', { ...request('ping'), id: 1.5 }, 'none'],
  ['a request without version', 'JSONRPCRequest', { id: 1, method: 'ping' }, 'none'],
  ['a request with positional params', 'JSONRPCRequest', { ...request('ping'), params: [] }, 'none'],
  [
    'a progress token that is no token',
    'JSONRPCRequest',
    request('x', { _meta: { progressToken: true } }),
    '>=2025-11-25',
  ],
  ['a batch', 'JSONRPCMessage', [request('ping'), notification('x')], '2025-03-26'],
  ['a batch of nothing but results', 'JSONRPCMessage', [{ jsonrpc: '2.0', id: 1, result: {} }], '2025-03-26'],
  ['an empty result', 'EmptyResult', {}, '<2026-07-28'],
  ['an empty result that says its type', 'EmptyResult', typed, 'all'],
  ['a result that is a list', 'Result', [], 'none'],
  ['a result without id', 'JSONRPCResultResponse', { jsonrpc: '2.0', result: typed }, 'none'],

  ['an error', 'JSONRPCError', error({}), '<2025-11-25'],
  ['an error', 'JSONRPCErrorResponse', error({}), '>=2025-11-25'],
  ['an error without id', 'JSONRPCError', { ...error({}), id: undefined }, 'none'],
  ['an error without id', 'JSONRPCErrorResponse', { jsonrpc: '2.0', error: { code: -1, message: '' } }, '>=2025-11-25'],
  ['an error code in quotes', 'JSONRPCError', error({ error: { code: '-1', message: 'x' } }), 'none'],
  ['an error code with a fraction', 'JSONRPCErrorResponse', error({ error: { code: 1.5, message: 'x' } }), 'none'],
  ['an error without message', 'JSONRPCErrorResponse', error({ error: { code: -1 } }), 'none'],
  [
    'an unsupported version that names the supported ones',
    'UnsupportedProtocolVersionError',
    error({ error: { code: -32022, message: 'x', data: { requested: 'a', supported: ['b'] } } }),
    '2026-07-28',
  ],
  [
    'an unsupported version that does not',
    'UnsupportedProtocolVersionError',
    error({ error: { code: -32022, message: 'x', data: { requested: 'a' } } }),
    'none',
  ],
  ['a header mismatch under another code', 'HeaderMismatchError', error({}), 'none'],

  ['initialize', 'InitializeRequest', request('initialize', initialize), '<2026-07-28'],
  ['initialize without envelope', 'InitializeRequest', { method: 'initialize', params: initialize }, '<2025-11-25'],
  [
    'initialize without clientInfo',
    'InitializeRequest',
    request('initialize', { ...initialize, clientInfo: undefined }),
    'none',
  ],
  ['an initialize result', 'InitializeResult', initialized, '<2026-07-28'],
  ['a protocol version that is a number', 'InitializeResult', { ...initialized, protocolVersion: 20251125 }, 'none'],
  ['a capability that is true', 'InitializeResult', { ...initialized, capabilities: { tools: true } }, 'none'],
  ['instructions that are null', 'InitializeResult', { ...initialized, instructions: null }, 'none'],
  ['initialized', 'InitializedNotification', notification('notifications/initialized'), '<2026-07-28'],
  ['a server without version', 'Implementation', { name: 's' }, 'none'],
  ['an implementation title that is a number', 'Implementation', { name: 's', version: '1', title: 5 }, '<2025-06-18'],
  ['completions that are true', 'ServerCapabilities', { completions: true }, '2024-11-05'],
  ['tasks that are true', 'ServerCapabilities', { tasks: true }, '2024-11-05 | 2025-03-26 | 2025-06-18 | 2026-07-28'],
  ['discover', 'DiscoverRequest', request('server/discover', { _meta: requestMeta }), '2026-07-28'],
  ['discover without metadata', 'DiscoverRequest', request('server/discover', {}), 'none'],
  ['a discover result', 'DiscoverResult', { ...cached, supportedVersions: [], capabilities: {} }, '2026-07-28'],

  ['tools/list without params', 'ListToolsRequest', request('tools/list'), '<2026-07-28'],
  ['tools/list with metadata', 'ListToolsRequest', request('tools/list', { _meta: requestMeta }), 'all'],
  ['a cursor that is a number', 'ListToolsRequest', request('tools/list', { _meta: requestMeta, cursor: 1 }), 'none'],
  ['a list of tools', 'ListToolsResult', { tools: [tool] }, '<2026-07-28'],
  ['a list of tools that may be kept', 'ListToolsResult', { ...cached, tools: [tool] }, 'all'],
  ['a list kept for less than no time', 'ListToolsResult', { ...cached, ttlMs: -1, tools: [] }, '<2026-07-28'],
  ['a list for nobody we know', 'ListToolsResult', { ...cached, cacheScope: 'us', tools: [] }, '<2026-07-28'],
  ['nextCursor null', 'ListToolsResult', { ...cached, tools: [], nextCursor: null }, 'none'],
  ['tools null', 'ListToolsResult', { ...cached, tools: null }, 'none'],
  ['a null among the tools', 'ListToolsResult', { ...cached, tools: [null] }, 'none'],
  ['a tool without input schema', 'Tool', { name: 'add' }, 'none'],
  ['a tool under input_schema', 'Tool', { name: 'add', input_schema: { type: 'object' } }, 'none'],
  ['an input schema without type', 'Tool', { name: 'add', inputSchema: {} }, 'none'],
  ['required null', 'Tool', { name: 'add', inputSchema: { type: 'object', required: null } }, '2026-07-28'],
  [
    'an output schema for a string',
    'Tool',
    { ...tool, outputSchema: { type: 'string' } },
    '2024-11-05 | 2025-03-26 | 2026-07-28',
  ],
  ['a tool title that is a number', 'Tool', { ...tool, title: 5 }, '<2025-06-18'],
  ['a hint in quotes', 'Tool', { ...tool, annotations: { readOnlyHint: 'true' } }, '2024-11-05'],
  [
    'icon sizes in one string',
    'Tool',
    { ...tool, icons: [{ src: 'https://x.invalid/a', sizes: '48x48' }] },
    '<2025-11-25',
  ],
  [
    'an unknown kind of task support',
    'Tool',
    { ...tool, execution: { taskSupport: 'maybe' } },
    '2024-11-05 | 2025-03-26 | 2025-06-18 | 2026-07-28',
  ],

  ['tools/call', 'CallToolRequest', request('tools/call', { name: 'add', _meta: requestMeta }), 'all'],
  ['tools/call without metadata', 'CallToolRequest', request('tools/call', { name: 'add' }), '<2026-07-28'],
  [
    'tools/call with a list of arguments',
    'CallToolRequest',
    request('tools/call', { name: 'a', arguments: [], _meta: requestMeta }),
    'none',
  ],
  ['a tool result', 'CallToolResult', { content: [text] }, '<2026-07-28'],
  ['a tool result that says its type', 'CallToolResult', { ...typed, content: [text] }, 'all'],
  ['a tool result without content', 'CallToolResult', { ...typed, structuredContent: {} }, 'none'],
  ['content null', 'CallToolResult', { ...typed, content: null }, 'none'],
  ['text without text', 'CallToolResult', { ...typed, content: [{ type: 'text' }] }, 'none'],
  [
    'audio',
    'CallToolResult',
    { ...typed, content: [{ type: 'audio', data: '', mimeType: 'audio/wav' }] },
    '>=2025-03-26',
  ],
  ['mime_type', 'CallToolResult', { ...typed, content: [{ type: 'image', data: '', mime_type: 'image/png' }] }, 'none'],
  [
    'a resource link',
    'CallToolResult',
    { ...typed, content: [{ type: 'resource_link', uri: 'a:b', name: 'n' }] },
    '>=2025-06-18',
  ],
  ['a structured object', 'CallToolResult', { ...typed, ...noContent, structuredContent: {} }, 'all'],
  [
    'a structured list',
    'CallToolResult',
    { ...typed, ...noContent, structuredContent: [] },
    '2024-11-05 | 2025-03-26 | 2026-07-28',
  ],
  ['isError in quotes', 'CallToolResult', { ...typed, ...noContent, isError: 'false' }, 'none'],
  ['a priority above 1', 'TextContent', { ...text, annotations: { priority: 1.1 } }, 'none'],
  ['an audience of robots', 'TextContent', { ...text, annotations: { audience: ['robot'] } }, 'none'],
  ['lastModified as a number', 'TextContent', { ...text, annotations: { lastModified: 1 } }, '<2025-06-18'],
  ['metadata that is a string', 'TextContent', { ...text, _meta: 'x' }, '<2025-06-18'],

  ['resource contents', 'ReadResourceResult', { ...cached, contents: [{ uri: 'a:b', text: '' }] }, 'all'],
  ['contents with neither text nor blob', 'ReadResourceResult', { ...cached, contents: [{ uri: 'a:b' }] }, 'none'],
  ['a resource without name', 'Resource', { uri: 'a:b' }, 'none'],
  ['a resource size with a fraction', 'Resource', { uri: 'a:b', name: 'n', size: 1.5 }, 'none'],
  [
    'a prompt argument that is a number',
    'GetPromptRequest',
    request('prompts/get', { name: 'p', arguments: { a: 1 }, _meta: requestMeta }),
    'none',
  ],
  ['a completion', 'CompleteResult', { ...typed, completion: { values: [] } }, 'all'],
  ['101 completions', 'CompleteResult', { ...typed, completion: { values: Array(101).fill('a') } }, '<2026-07-28'],
  [
    'a completion with context that is none',
    'CompleteRequest',
    request('completion/complete', {
      ref: { type: 'ref/prompt', name: 'p' },
      argument: { name: 'a', value: '' },
      context: { arguments: { b: 1 } },
      _meta: requestMeta,
    }),
    '<2025-06-18',
  ],
  [
    'a level of no syslog',
    'LoggingMessageNotification',
    notification('notifications/message', { level: 'warn', data: 1 }),
    'none',
  ],
  [
    'a log message without data',
    'LoggingMessageNotification',
    notification('notifications/message', { level: 'info' }),
    'none',
  ],

  [
    'progress',
    'ProgressNotification',
    notification('notifications/progress', { progressToken: 1, progress: 0.5 }),
    'all',
  ],
  ['progress without token', 'ProgressNotification', notification('notifications/progress', { progress: 1 }), 'none'],
  [
    'progress in quotes',
    'ProgressNotification',
    notification('notifications/progress', { progressToken: 1, progress: '1' }),
    'none',
  ],
  [
    'a progress message that is a number',
    'ProgressNotification',
    notification('notifications/progress', { progressToken: 1, progress: 1, message: 1 }),
    '2024-11-05',
  ],
  ['a cancellation of nothing', 'CancelledNotification', notification('notifications/cancelled', {}), '2025-11-25'],

  ['a form without mode', 'ElicitRequest', request('elicitation/create', form({ type: 'string' })), '>=2025-06-18'],
  [
    'a form as a member, without envelope',
    'ElicitRequest',
    { method: 'elicitation/create', params: form({ type: 'boolean' }) },
    '2025-06-18 | 2026-07-28',
  ],
  ['a form with an object in it', 'ElicitRequest', request('elicitation/create', form({ type: 'object' })), 'none'],
  [
    'a form to choose several from',
    'ElicitRequest',
    request('elicitation/create', form({ type: 'array', items: { type: 'string', enum: ['a'] } })),
    '>=2025-11-25',
  ],
  [
    'a visit without elicitationId',
    'ElicitRequest',
    request('elicitation/create', { mode: 'url', message: 'm', url: 'https://x.invalid' }),
    '2026-07-28',
  ],
  ['an answer', 'ElicitResult', answer('a'), '>=2025-06-18'],
  ['an answer of several', 'ElicitResult', answer(['a']), '>=2025-11-25'],
  ['an answer that is an object', 'ElicitResult', answer({}), 'none'],
  ['an action unheard of', 'ElicitResult', { action: 'reject' }, 'none'],
  ['sampled content in a list', 'SamplingMessage', { role: 'user', content: [text] }, '>=2025-11-25'],
  ['sampled content from the system', 'SamplingMessage', { role: 'system', content: text }, 'none'],
  ['a root without uri', 'ListRootsResult', { roots: [{ name: 'r' }] }, 'none'],

  ['a task', 'Task', task, '2025-11-25'],
  ['a task without ttl', 'Task', { ...task, ttl: undefined }, 'none'],
  ['a task of no known status', 'GetTaskResult', { ...task, status: 'done' }, 'none'],
  [
    'a result that asks for input',
    'InputRequiredResult',
    { resultType: 'input_required', inputRequests: { a: { method: 'roots/list' } } },
    '2026-07-28',
  ],
  [
    'a result that asks for a tool call',
    'InputRequiredResult',
    { resultType: 'input_required', inputRequests: { a: { method: 'tools/call' } } },
    'none',
  ],
  [
    'a listening without filter',
    'SubscriptionsListenRequest',
    request('subscriptions/listen', { _meta: requestMeta }),
    'none',
  ],
  ['an end of a subscription that does not say which', 'SubscriptionsListenResult', { ...typed, _meta: {} }, 'none'],
];

it.each(CASES)('%s (%s)', (_title, definition, value, accepts) => {
  const accepting = accepts === 'none' ? [] : accepts.split(' | ').flatMap((range) => revisionsIn(range));
  const knowing = REVISIONS.filter((revision) => definitionNames(revision).includes(definition));
  expect(knowing.length).toBeGreaterThan(0);
  // As it would come over the wire: members that are undefined are not there.
  const sent: unknown = JSON.parse(JSON.stringify(value));
  expect(knowing.filter((revision) => compileMessageSchemas(revision)(definition)(sent))).toEqual(accepting);
});

function definitionNames(revision: Revision): string[] {
  const document = schemaDocument(revision);
  return Object.keys('definitions' in document ? document.definitions : document.$defs);
}
