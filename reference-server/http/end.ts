import { admit, type Exchange, type Outcome, type Runtime, refusalReply } from './exchange.ts';

/** Answers a DELETE: ends the session for good (2025-11-25, basic/transports, "Session Management", item 5). */
export function handleDelete({ head }: Exchange, runtime: Runtime): Outcome {
  const found = admit(head, runtime);
  if (found.kind === 'refusal') return refusalReply(found, runtime);
  runtime.sessions.end(found.session, 'deleted by the client');
  return runtime.steps.http.endedReply();
}
