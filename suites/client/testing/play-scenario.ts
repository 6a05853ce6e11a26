import { isObject } from '../../../harness/wire/json-rpc.ts';
import type { Json, JsonObject } from '../../../spec/messages.ts';

/** What a test client can do once it is connected. */
export interface Abilities {
  listTools(cursor?: string): Promise<{ nextCursor?: string | undefined }>;
  callTool(name: string, args: JsonObject): Promise<unknown>;
  ping(): Promise<unknown>;
}

/** Does the actions that MCP_CONFORMANCE_CONTEXT names; without them it lists the tools. */
export async function playScenario(client: Abilities): Promise<void> {
  const context: unknown = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
  const usual: Json[] = [{ do: 'list-tools' }];
  const actions = isObject(context) && Array.isArray(context.actions) ? context.actions : usual;
  for (const action of actions.filter(isObject)) await perform(action, client);
}

async function perform(action: JsonObject, client: Abilities): Promise<void> {
  switch (action.do) {
    case 'list-tools': {
      let page = await client.listTools();
      while (page.nextCursor !== undefined) page = await client.listTools(page.nextCursor);
      return;
    }
    case 'call-tool':
      await client.callTool(String(action.name), isObject(action.arguments) ? action.arguments : {});
      return;
    case 'ping':
      await client.ping();
      return;
    default:
    // what this client cannot do is left out: its SDK opens streams by itself
  }
}
