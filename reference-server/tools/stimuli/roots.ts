import { listRoots } from '../../client/questions.ts';
import { isObject } from '../../envelope/message.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** Asks the client for its roots: a stimulus for whoever tests roots. */
export const assayRoots = defineTool({
  name: 'assay_roots',
  title: 'Ask for the roots',
  description:
    'Asks the client which folders it lets servers work in, and lists them. Needs a client that has roots. Changes nothing.',
  hints: changesNothing,
  properties: {},
  async run(_args, { ask }) {
    const { roots } = await ask({ roots: listRoots() });
    const uris = Array.isArray(roots.roots) ? roots.roots.map((root) => (isObject(root) ? String(root.uri) : '')) : [];
    return done(uris.length === 0 ? 'There are no roots.' : `The roots are: ${uris.join(' ')}`);
  },
});
