import type { Invariant } from '../../invariants/invariant.ts';
import { accept } from './accept.ts';
import { cancellation } from './cancellation.ts';
import { capabilities } from './capabilities.ts';
import { cursors } from './cursors.ts';
import { sessionHeader, versionHeader } from './headers.ts';
import { httpMethod } from './http-method.ts';
import { jsonRpc } from './json-rpc.ts';
import { lastEventId } from './last-event-id.ts';
import { messageSchema } from './message-schema.ts';
import { confirmsOpening, openingParams, opensFirst, waitsForOpening } from './opening.ts';
import { progressTokens } from './progress-tokens.ts';
import { requestIds } from './request-ids.ts';
import { responses } from './responses.ts';
import { messageOrBatch, singleMessage } from './single-message.ts';
import { utf8 } from './utf-8.ts';

/** Every invariant that a client's traffic is held against. */
export const clientInvariants: readonly Invariant[] = [
  accept,
  httpMethod,
  singleMessage,
  messageOrBatch,
  utf8,
  jsonRpc,
  messageSchema,
  requestIds,
  responses,
  opensFirst,
  openingParams,
  waitsForOpening,
  confirmsOpening,
  sessionHeader,
  versionHeader,
  cancellation,
  capabilities,
  cursors,
  progressTokens,
  lastEventId,
];
