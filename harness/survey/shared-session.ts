import type { TraceHeader } from '../trace/trace.ts';
import { isObject } from '../wire/json-rpc.ts';

/** Whether the first look found that all clients get the same session id: what is unique in a session cannot be seen then. */
export function isShared({ server }: TraceHeader['variables']): boolean {
  return isObject(server) && server.shared === true;
}
