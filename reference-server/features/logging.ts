import { isLevel, LEVELS } from '../client/tell.ts';
import type { Handler } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError } from '../envelope/error.ts';
import { factsOf } from '../revisions.ts';
import type { Feature } from './feature.ts';

/**
 * Log messages for the client (server/utilities/logging). In the stateful revisions a client says once, with
 * `logging/setLevel`, which it wants; in the stateless ones it says so with each request.
 */
export const loggingFeature: Feature = {
  capabilities: () => ({ logging: {} }),
  methods: (revision) => (factsOf(revision).era === 'stateful' ? { 'logging/setLevel': setLevel } : {}),
};

const setLevel: Handler = ({ level }, { session }) => {
  if (!isLevel(level)) throw new ProtocolError(ErrorCode.invalidParams, `"level" must be one of ${LEVELS.join(', ')}.`);
  if (session !== undefined) session.logLevel = level;
  return {};
};
