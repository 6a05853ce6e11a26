import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { base64Fault } from './base64.ts';
import { type Call, conversationOf, resultOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type Breach, judged, show } from './outcomes.ts';

const REQUIRES = ['resources.binary-encoded', 'prompts.image-encoding', 'prompts.audio-encoding'] as const;
const [BLOB, IMAGE, AUDIO] = REQUIRES;

/** Binary data in what servers return: blobs wherever resources stand, images and audio in prompts. */
export const binaryContents: Invariant = {
  id: 'invariant.contents.binary',
  title: 'binary data is base64, and images and audio name their type',
  occasion: 'images, audio or blobs in the contents of the server',
  requires: REQUIRES,
  judge: (view) =>
    conversationOf(view)
      .sessions.flatMap(({ calls }) => calls)
      .flatMap(judgeCall),
};

function judgeCall(call: Call): Outcome[] {
  const result = resultOf(call);
  if (!isObject(result)) return [];
  switch (call.method) {
    case 'resources/read':
      return blobs(call, objectsIn(result.contents, 'result.contents'));
    case 'tools/call':
      return blobs(call, embedded(objectsIn(result.content, 'result.content')));
    case 'prompts/get':
      return judgePrompt(call, objectsIn(result.messages, 'result.messages'));
    default:
      return [];
  }
}

interface Placed {
  readonly value: JsonObject;
  readonly path: string;
}

function judgePrompt(call: Call, messages: readonly Placed[]): Outcome[] {
  const contents = messages.flatMap(({ value, path }) =>
    isObject(value.content) ? [{ value: value.content, path: `${path}.content` }] : [],
  );
  const media = (type: string) => contents.filter(({ value }) => value.type === type);
  const faults = (items: readonly Placed[]) => items.flatMap(({ value, path }) => mediaFaults(value, path));
  return [
    ...blobs(call, embedded(contents)),
    ...judged(IMAGE, call.exchange, faults(media('image')), media('image').length > 0),
    ...judged(AUDIO, call.exchange, faults(media('audio')), media('audio').length > 0),
  ];
}

function mediaFaults({ data, mimeType }: JsonObject, path: string): Breach[] {
  // type "/" subtype, both tokens, with parameters perhaps (RFC 9110, 8.3.1)
  const valid = typeof mimeType === 'string' && /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;.*)?$/.test(mimeType);
  const message = `content must name a valid MIME type, has ${show(mimeType)}`;
  return [
    ...base64Fault(data, `${path}.data`),
    ...(valid ? [] : [{ message, path: `${path}.mimeType`, actual: mimeType }]),
  ];
}

function blobs({ exchange }: Call, contents: readonly Placed[]): Outcome[] {
  const binary = contents.filter(({ value }) => value.blob !== undefined);
  const breaches = binary.flatMap(({ value, path }) => base64Fault(value.blob, `${path}.blob`));
  return judged(BLOB, exchange, [...breaches, ...contents.flatMap(spelledAsText)], binary.length > 0);
}

/** What no text can be, by its type; one that is made of text, as image/svg+xml is, says so. */
const NEVER_TEXT = /^(?:(?:image|audio|video)\/(?!.*(?:xml|svg|json|text)|x-)|application\/(?:pdf|zip|gzip|wasm)\b)/i;

/** Bytes that were taken for characters cannot be had back. A type may be wrong instead: a warning only. */
function spelledAsText({ value: { text, mimeType }, path }: Placed): Breach[] {
  if (typeof text !== 'string' || typeof mimeType !== 'string' || !NEVER_TEXT.test(mimeType)) return [];
  const message = `content of the type ${show(mimeType)} is binary, and comes as text, not as a blob`;
  return [{ message, path: `${path}.text`, atMost: 'warn' }];
}

function embedded(contents: readonly Placed[]): Placed[] {
  return contents.flatMap(({ value, path }) =>
    value.type === 'resource' && isObject(value.resource) ? [{ value: value.resource, path: `${path}.resource` }] : [],
  );
}

function objectsIn(list: Json | undefined, path: string): Placed[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value, index) => (isObject(value) ? [{ value, path: `${path}.${index}` }] : []));
}
