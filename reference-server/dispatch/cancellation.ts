import type { JsonObject } from '../../spec/messages.ts';
import { isRequestId } from '../envelope/message.ts';
import type { Log } from '../log.ts';
import type { InFlight } from './in-flight.ts';

/**
 * Takes `notifications/cancelled`: stops the request it names, in the session it came in. One that is malformed, or names
 * a request that is unknown or already answered, is ignored (2025-11-25, basic/utilities/cancellation, "Error Handling").
 */
export function cancel(params: JsonObject | undefined, inFlight: InFlight, log: Log): void {
  const { requestId, reason } = params ?? {};
  const stopped = isRequestId(requestId) && inFlight.stop(requestId, 'cancelled');
  const said = typeof reason === 'string' ? reason.slice(0, 200) : undefined;
  log({ event: stopped ? 'request-cancelled' : 'cancellation-ignored', reason: said });
}
