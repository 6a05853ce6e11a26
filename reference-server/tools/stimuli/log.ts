import { LEVELS } from '../../client/tell.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** Sends log messages: a stimulus for whoever tests logging and its levels. */
export const assayLog = defineTool({
  name: 'assay_log',
  title: 'Send log messages',
  description:
    'Sends one log message of each level, from debug to emergency, and then answers. The client gets those it wants. ' +
    'Changes nothing.',
  hints: changesNothing,
  properties: {
    level: { enum: [...LEVELS], description: 'The one level to send a message of.' },
  },
  async run({ level }, { tell }) {
    for (const one of LEVELS) {
      if (level === undefined || level === one) tell(one, { message: `A message of level ${one}.` });
    }
    return done('The messages were sent.');
  },
});
