import Type from 'typebox';
import { alters, removed, type Topic } from './layers.ts';
import {
  anyOf,
  mapOf,
  notification,
  optionalRef,
  optionalString,
  request,
  requestParams,
  result,
  strings,
  uri,
} from './shapes.ts';

const form = {
  type: Type.Literal('object'),
  properties: mapOf(Type.Ref('PrimitiveSchemaDefinition')),
  required: Type.Optional(strings),
};
const answers = [Type.String(), Type.Integer(), Type.Boolean()] as const;

/** Servers asking the user (page `client/elicitation`). */
export const elicitation = {
  '2025-06-18': {
    ElicitRequest: request('elicitation/create', Type.Ref('ElicitRequestParams')),
    ElicitRequestParams: requestParams({ message: Type.String(), requestedSchema: Type.Object(form) }),
    ElicitResult: result({
      action: Type.Enum(['accept', 'decline', 'cancel']),
      // That a number has no fraction is the official schema's mistake: see `readings.ts`.
      content: Type.Optional(mapOf(Type.Union([...answers]))),
    }),
  },
  '2025-11-25': {
    ElicitRequestParams: anyOf('ElicitRequestFormParams', 'ElicitRequestURLParams'),
    ElicitRequestFormParams: requestParams({
      mode: Type.Optional(Type.Literal('form')),
      message: Type.String(),
      requestedSchema: Type.Object({ $schema: optionalString, ...form }),
      task: optionalRef('TaskMetadata'),
    }),
    ElicitRequestURLParams: requestParams({
      mode: Type.Literal('url'),
      message: Type.String(),
      elicitationId: Type.String(),
      url: uri,
      task: optionalRef('TaskMetadata'),
    }),
    ElicitResult: alters({ content: Type.Optional(mapOf(Type.Union([...answers, strings]))) }),
    ElicitationCompleteNotification: notification(
      'notifications/elicitation/complete',
      Type.Object({ elicitationId: Type.String() }),
    ),
  },
  // No message of its own any more: it travels inside an `InputRequiredResult`, its answer inside the retried request.
  '2026-07-28': {
    ElicitRequest: alters({}, 'jsonrpc', 'id'),
    ElicitRequestFormParams: alters({}, '_meta', 'task'),
    ElicitRequestURLParams: alters({}, '_meta', 'task', 'elicitationId'),
    ElicitResult: alters({}, '_meta'),
    ElicitationCompleteNotification: removed,
  },
} satisfies Topic;
