import { form } from '../client/questions.ts';
import { RED_PIXEL } from '../content/samples.ts';
import { isObject } from '../envelope/message.ts';
import type { Resource, ResourceSource, ResourceTemplate } from './resource.ts';

/** What the server says about itself on one topic each; short texts that never change. */
const NOTES: Readonly<Record<string, string>> = {
  progress: 'A request with a progress token hears how far it has come. assay_progress shows it.',
  prompts: 'A prompt is a message that a user can start from. assay_greeting is the shortest there is.',
  resources: 'A resource is something to read. assay://counter changes when assay_update_resource is called.',
  tools: 'A tool does something for a model. Those whose names begin with "assay_" change nothing in the world.',
};

const about: Resource = {
  uri: 'assay://about',
  name: 'about',
  title: 'About this server',
  description: 'What this server is for, in a few words.',
  mimeType: 'text/markdown',
  annotations: { audience: ['user', 'assistant'], priority: 0.8, lastModified: '2026-07-28T00:00:00Z' },
  read: () => [
    {
      uri: 'assay://about',
      mimeType: 'text/markdown',
      text: '# The reference server\n\nIt looks up users, and it shows how every part of MCP behaves when it is done right.\n',
    },
  ],
};

const pixel: Resource = {
  uri: 'assay://pixel',
  name: 'pixel',
  title: 'A red pixel',
  description: 'A picture of one red pixel: a resource that is not text.',
  mimeType: 'image/png',
  size: Buffer.from(RED_PIXEL, 'base64').length,
  annotations: { audience: ['user'] },
  read: () => [{ uri: 'assay://pixel', mimeType: 'image/png', blob: RED_PIXEL }],
};

const counter: Resource = {
  uri: 'assay://counter',
  name: 'counter',
  title: 'A counter',
  description: 'How often assay_update_resource has updated this resource. Subscribe to it to hear when it changes.',
  mimeType: 'text/plain',
  read: ({ audience }) => [
    { uri: 'assay://counter', mimeType: 'text/plain', text: String(audience.updatesOf('assay://counter')) },
  ],
};

const collection: Resource = {
  uri: 'assay://notes',
  name: 'notes',
  title: 'All notes',
  description: 'All notes at once: a resource with several contents.',
  mimeType: 'text/plain',
  read: () =>
    Object.entries(NOTES).map(([topic, text]) => ({ uri: `assay://notes/${topic}`, mimeType: 'text/plain', text })),
};

function noteAt(uri: string): string | undefined {
  const [, topic = ''] = /^assay:\/\/notes\/([^/]+)$/.exec(uri) ?? [];
  return Object.hasOwn(NOTES, topic) ? NOTES[topic] : undefined;
}

const note: ResourceTemplate = {
  uriTemplate: 'assay://notes/{topic}',
  name: 'note',
  title: 'A note',
  description: 'What this server has to say about one topic.',
  mimeType: 'text/plain',
  values: { topic: () => Object.keys(NOTES) },
  has: (uri) => noteAt(uri) !== undefined,
  read(uri) {
    const text = noteAt(uri);
    return text === undefined ? undefined : [{ uri, mimeType: 'text/plain', text }];
  },
};

const SUBJECT = /^assay:\/\/questions\/(colours|food|music)$/;

const question: ResourceTemplate = {
  uriTemplate: 'assay://questions/{subject}',
  name: 'question',
  title: 'A question to the user',
  description:
    'What the user has to say about a subject: asks before it can be read. Needs a client that can show forms.',
  mimeType: 'text/plain',
  values: { subject: () => ['colours', 'food', 'music'] },
  has: (uri) => SUBJECT.test(uri),
  async read(uri, { ask }) {
    const [, subject] = SUBJECT.exec(uri) ?? [];
    if (subject === undefined) return undefined;
    const { said } = await ask({
      said: form(`What do you have to say about ${subject}?`, { text: { type: 'string' } }, ['text']),
    });
    const text = isObject(said.content) ? String(said.content.text) : 'Nothing.';
    return [{ uri, mimeType: 'text/plain', text }];
  },
};

const CRASH = /^assay:\/\/crash\/\w+$/;

const crash: ResourceTemplate = {
  uriTemplate: 'assay://crash/{word}',
  name: 'crash',
  title: 'A resource that fails',
  description: 'Fails inside the server when it is read. For whoever tests errors.',
  mimeType: 'text/plain',
  values: {},
  has: (uri) => CRASH.test(uri),
  read(uri) {
    if (CRASH.test(uri)) throw new Error('a resource was read that fails');
    return undefined;
  },
};

/** The resources that come with the server. */
export const documents: ResourceSource = {
  list: () => [about, pixel, counter, collection],
  templates: [note, question, crash],
};

/** The resource that comes and goes with `assay_change_lists`. */
export const extraResource: Resource = {
  uri: 'assay://extra',
  name: 'extra',
  title: 'A resource that comes and goes',
  description: 'Is in the list only while assay_change_lists lets it.',
  mimeType: 'text/plain',
  read: () => [{ uri: 'assay://extra', mimeType: 'text/plain', text: 'Here for a moment.' }],
};
