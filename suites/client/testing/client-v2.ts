/**
 * A test client on the second generation of the official TypeScript SDK (@modelcontextprotocol/client), used as its
 * readme shows: `tsx client-v2.ts URL`.
 */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { playScenario } from './play-scenario.ts';

const url = new URL(process.argv.at(-1) ?? '');
const transport = new StreamableHTTPClientTransport(url);
const client = new Client({ name: 'assay-sdk-v2', version: '1.0.0' });
await client.connect(transport);
await playScenario({
  listTools: (cursor) => client.listTools(cursor === undefined ? undefined : { cursor }),
  callTool: (name, args) => client.callTool({ name, arguments: args }),
  ping: () => client.ping(),
});
await transport.terminateSession();
await client.close();
