import type { CodedCheck } from '../harness/run/coded-check.ts';
import { envelopesProperty } from './properties/envelopes/property.ts';
import { requestsProperty } from './properties/requests/property.ts';

/** Every check of a server that is code: properties over generated input, and probes. */
export const codedChecks: readonly CodedCheck[] = [envelopesProperty, requestsProperty];
