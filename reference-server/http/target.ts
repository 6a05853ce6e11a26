import type { Settings } from '../options.ts';
import type { RequestHead } from './head.ts';
import { type Refusal, refuse } from './reply.ts';

const MOST_FIELDS = 100;
const METHODS: readonly string[] = ['POST', 'GET', 'DELETE'];

/** Refuses a request with more header fields than anybody needs (RFC 6585, section 5). */
export function checkFieldCount(head: RequestHead): Refusal | undefined {
  return head.fieldCount > MOST_FIELDS ? refuse(431, `Send at most ${MOST_FIELDS} header fields.`) : undefined;
}

/** There is one endpoint (2025-11-25, basic/transports, "Streamable HTTP"). Paths count letter by letter. */
export function checkPath(head: RequestHead, { path }: Settings): Refusal | undefined {
  return head.path === path ? undefined : refuse(404, `There is nothing here; the MCP endpoint is ${path}.`);
}

/** The endpoint takes POST, GET and DELETE; the answer to others says so (RFC 9110, section 15.5.6). */
export function checkMethod(head: RequestHead): Refusal | undefined {
  if (METHODS.includes(head.method)) return undefined;
  const allowed = METHODS.join(', ');
  return refuse(405, `Use one of the methods ${allowed}.`, { headers: { Allow: allowed } });
}
