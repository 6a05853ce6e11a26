/**
 * A test client on the first generation of the official TypeScript SDK (@modelcontextprotocol/sdk), used as its readme
 * shows: `tsx sdk-client.ts URL`.
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { playScenario } from './play-scenario.ts';

const url = new URL(process.argv.at(-1) ?? '');
const transport = new StreamableHTTPClientTransport(url);
const client = new Client({ name: 'assay-sdk-v1', version: '1.0.0' });
// exactOptionalPropertyTypes finds the SDK's own types at odds with each other
await client.connect(transport as Parameters<Client['connect']>[0]);
await playScenario({
  listTools: (cursor) => client.listTools(cursor === undefined ? undefined : { cursor }),
  callTool: (name, args) => client.callTool({ name, arguments: args }),
  ping: () => client.ping(),
});
await transport.terminateSession();
await client.close();
