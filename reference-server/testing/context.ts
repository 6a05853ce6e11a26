import { createAudience } from '../audience/audience.ts';
import { ClientFailed } from '../client/ask.ts';
import type { RequestContext } from '../dispatch/context.ts';
import { TaskStore } from '../tasks/store.ts';

/** The context of a request that nobody listens to, with some of it replaced. */
export function quietContext(replaced: Partial<RequestContext> = {}): RequestContext {
  return {
    revision: '2025-11-25',
    client: { name: 'x', version: '1', capabilities: {} },
    session: undefined,
    signal: new AbortController().signal,
    progress: () => {},
    tell: () => {},
    ask: () => Promise.reject(new ClientFailed('There is nobody to ask.')),
    audience: createAudience(() => {}),
    tasks: new TaskStore(),
    leave: () => {},
    log: () => {},
    ...replaced,
  };
}
