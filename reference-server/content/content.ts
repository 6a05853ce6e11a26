import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../envelope/message.ts';
import { factsOf, type Revision } from '../revisions.ts';

/** Who content is for, how much it matters, and when it last changed (server/resources, "Annotations"). */
export type Annotations = { audience?: ('user' | 'assistant')[]; priority?: number; lastModified?: string };

/** What a resource holds: text, or bytes in base64 (schema, `TextResourceContents` and `BlobResourceContents`). */
export type ResourceContents = { uri: string; mimeType: string } & ({ text: string } | { blob: string });

/** One part of a tool's result or of a prompt's message (2025-06-18, schema, `ContentBlock`). */
export type ContentBlock = { annotations?: Annotations } & (
  | { type: 'text'; text: string }
  | { type: 'image' | 'audio'; data: string; mimeType: string }
  | { type: 'resource'; resource: ResourceContents }
  | { type: 'resource_link'; uri: string; name: string; description?: string; mimeType?: string }
);

/** A text. */
export function text(content: string, annotations?: Annotations): ContentBlock {
  return { type: 'text', text: content, ...(annotations === undefined ? {} : { annotations }) };
}

/** Content as a revision knows it: what it has no type for becomes a text that says what it was. */
export function contentFor(block: ContentBlock, revision: Revision): JsonObject {
  const { audio, resourceLinks } = factsOf(revision);
  const { annotations, ...rest } = block;
  if (rest.type === 'audio' && !audio) return { type: 'text', text: `(audio of type ${rest.mimeType})` };
  if (rest.type === 'resource_link' && !resourceLinks) return { type: 'text', text: `(see the resource ${rest.uri})` };
  return annotations === undefined ? rest : { ...rest, annotations: annotationsFor(annotations, revision) };
}

/** Annotations with the members that the revision knows. */
export function annotationsFor({ lastModified, ...rest }: Annotations, revision: Revision): JsonObject {
  return lastModified !== undefined && factsOf(revision).resourceLinks ? { ...rest, lastModified } : rest;
}

/** Structured content as a revision knows it, undefined where it has none or not of this kind. */
export function structuredFor(value: Json | undefined, revision: Revision): Json | undefined {
  const { structuredContent } = factsOf(revision);
  if (structuredContent === 'none') return undefined;
  return structuredContent === 'any' || isObject(value) ? value : undefined;
}
