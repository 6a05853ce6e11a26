import type { ContentBlock } from '../../content/content.ts';
import { picture, sound } from '../../content/samples.ts';
import { changesNothing, defineTool } from '../tool.ts';

const BLOCKS: Readonly<Record<string, ContentBlock>> = {
  text: {
    type: 'text',
    text: 'A text for both sides.',
    annotations: { audience: ['user', 'assistant'], priority: 1, lastModified: '2026-07-28T00:00:00Z' },
  },
  image: picture,
  audio: sound,
  embedded: {
    type: 'resource',
    resource: { uri: 'assay://notes/tools', mimeType: 'text/plain', text: 'A resource that comes along.' },
  },
  link: {
    type: 'resource_link',
    uri: 'assay://about',
    name: 'about',
    description: 'A resource to read separately.',
    mimeType: 'text/markdown',
  },
};

/** Gives content of every type, or of one: a stimulus for whoever tests what content looks like. */
export const assayContent = defineTool({
  name: 'assay_content',
  title: 'Give content of every type',
  description:
    'Answers with content of the type "type", or with one part of each type: text, image, audio, an embedded resource and ' +
    'a link to a resource. In revisions without the type it becomes a text. Changes nothing.',
  hints: changesNothing,
  properties: { type: { enum: Object.keys(BLOCKS), description: 'The one type of content to give.' } },
  async run({ type }) {
    const one = typeof type === 'string' ? BLOCKS[type] : undefined;
    return { content: one === undefined ? Object.values(BLOCKS) : [one] };
  },
});
