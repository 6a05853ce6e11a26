import { ErrorCode, ProtocolError } from '../../envelope/error.ts';
import { changesNothing, defineTool, failed } from '../tool.ts';

/** Fails, in one way or another: a stimulus for whoever tests errors. */
export const assayFail = defineTool({
  name: 'assay_fail',
  title: 'Fail',
  description:
    'Fails as "how" says: with a "result" that is marked as an error, with an "error" of the protocol, or with a "crash" ' +
    'inside the server. Changes nothing.',
  hints: changesNothing,
  tasks: 'optional',
  properties: {
    how: { enum: ['result', 'error', 'crash'], default: 'result', description: 'The way to fail.' },
  },
  async run({ how = 'result' }) {
    if (how === 'error') throw new ProtocolError(ErrorCode.internalError, 'This tool fails when it is told to.');
    if (how === 'crash') throw new Error('assay_fail was told to crash');
    return failed('This tool fails when it is told to. Call it differently, or not at all.');
  },
});
