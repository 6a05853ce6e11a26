import type { Json, JsonObject } from '../../../spec/messages.ts';
import type { Revision } from '../../../spec/revisions.ts';
import { isObject } from '../../wire/json-rpc.ts';
import type { ServerScript } from './server-script.ts';
import { callTool, listTools } from './tools.ts';

/** What a response says. */
export type Said = { readonly result: Json } | { readonly error: JsonObject };

/** How the scripted server answers a method when no rule of the script says otherwise. */
export function usualAnswer(method: string, params: Json | undefined, script: ServerScript, revision: Revision): Said {
  switch (method) {
    case 'initialize':
      return { result: initializeResult(params, script, revision) };
    case 'ping':
      return { result: {} };
    case 'tools/list': {
      const page = listTools(script.pages, isObject(params) ? params.cursor : undefined);
      return page ? { result: page } : { error: { code: -32602, message: 'No page has this cursor' } };
    }
    case 'tools/call': {
      const result = callTool(params);
      return result ? { result } : { error: { code: -32602, message: 'There is no such tool' } };
    }
    default:
      return { error: { code: -32601, message: 'This server does not have that method' } };
  }
}

function initializeResult(params: Json | undefined, script: ServerScript, revision: Revision): JsonObject {
  const offered = isObject(params) && typeof params.protocolVersion === 'string' ? params.protocolVersion : revision;
  return {
    protocolVersion: script.version === 'offered' ? offered : (script.version ?? revision),
    capabilities: script.capabilities ?? { tools: {} },
    serverInfo: { name: 'mcp-assay', version: '0' },
  };
}
