import Type from 'typebox';
import { alters, removed, type Topic } from './layers.ts';
import { anyOf, bytes, optionalListOf, optionalRef, optionalString, optionalWeight, withMeta } from './shapes.ts';

const annotated = { annotations: optionalRef('Annotations') };

/** What tools return and prompts show to a model (page `server/tools`, tool results). */
export const content = {
  '2024-11-05': {
    Role: Type.Enum(['user', 'assistant']),
    Annotations: Type.Object({ audience: optionalListOf('Role'), priority: optionalWeight }),
    Annotated: Type.Object(annotated),
    TextContent: Type.Object({ type: Type.Literal('text'), text: Type.String(), ...annotated }),
    ImageContent: Type.Object({ type: Type.Literal('image'), data: bytes, mimeType: Type.String(), ...annotated }),
    EmbeddedResource: Type.Object({
      type: Type.Literal('resource'),
      resource: anyOf('TextResourceContents', 'BlobResourceContents'),
      ...annotated,
    }),
    ContentBlock: anyOf('TextContent', 'ImageContent', 'EmbeddedResource'),
  },
  '2025-03-26': {
    Annotated: removed,
    AudioContent: Type.Object({ type: Type.Literal('audio'), data: bytes, mimeType: Type.String(), ...annotated }),
    ContentBlock: anyOf('TextContent', 'ImageContent', 'AudioContent', 'EmbeddedResource'),
  },
  '2025-06-18': {
    /** `lastModified` is ISO 8601; the schema does not check it. */
    Annotations: alters({ lastModified: optionalString }),
    TextContent: alters(withMeta),
    ImageContent: alters(withMeta),
    AudioContent: alters(withMeta),
    EmbeddedResource: alters(withMeta),
    ContentBlock: anyOf('TextContent', 'ImageContent', 'AudioContent', 'ResourceLink', 'EmbeddedResource'),
  },
} satisfies Topic;
