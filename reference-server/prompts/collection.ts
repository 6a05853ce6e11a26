import { form } from '../client/questions.ts';
import { picture } from '../content/samples.ts';
import { isObject } from '../envelope/message.ts';
import { type Prompt, says } from './prompt.ts';

const TONES: readonly string[] = ['brief', 'formal', 'friendly', 'funny'];
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  formal: ['English', 'French', 'German'],
  funny: ['English'],
};

/** The prompts of the server, in the order in which `prompts/list` shows them. */
export const allPrompts: readonly Prompt[] = [
  {
    name: 'introduce_user',
    title: 'Introduce a user',
    description: 'Has the model look a user up and introduce them in a few sentences.',
    arguments: [
      { name: 'id', title: 'Number', description: 'The number of the user.', required: true },
      { name: 'tone', title: 'Tone', description: 'How it should sound.', values: () => TONES },
      {
        name: 'language',
        title: 'Language',
        description: 'The language to write in. Not every tone works in every language.',
        values: ({ tone }) => LANGUAGES[String(tone)] ?? ['English', 'French', 'German', 'Spanish'],
      },
    ],
    get: ({ id = '', tone = 'friendly', language = 'English' }) => [
      says(`Look up the user with the number ${id} and introduce them in a few ${tone} sentences, in ${language}.`),
    ],
  },
  {
    name: 'assay_greeting',
    title: 'A greeting',
    description: 'The shortest prompt there is. It has no arguments.',
    arguments: [],
    get: () => [says('Say hello, and say what you can do for me.')],
  },
  {
    name: 'assay_note',
    title: 'Explain a note',
    description: 'Has the model explain one of the notes, which comes along as a resource.',
    arguments: [
      {
        name: 'topic',
        title: 'Topic',
        description: 'The topic of the note.',
        required: true,
        values: () => ['progress', 'prompts', 'resources', 'tools'],
      },
    ],
    get: ({ topic = '' }) => [
      {
        role: 'user',
        content: {
          type: 'resource',
          resource: {
            uri: `assay://notes/${encodeURIComponent(topic)}`,
            mimeType: 'text/plain',
            text: `A note on ${topic}.`,
          },
        },
      },
      says('Explain this note to somebody who is new to it.'),
    ],
  },
  {
    name: 'assay_picture',
    title: 'Describe a picture',
    description: 'Has the model describe a picture, which comes along, and starts its answer for it.',
    arguments: [],
    get: () => [
      { role: 'user', content: picture },
      says('What is in this picture?'),
      { role: 'assistant', content: { type: 'text', text: 'The picture shows' } },
    ],
  },
  {
    name: 'assay_interview',
    title: 'A prompt that asks first',
    description: 'Asks the user for a subject and then makes a message of it. Needs a client that can show forms.',
    arguments: [],
    async get(_args, { ask }) {
      const { subject } = await ask({
        subject: form('What should this be about?', { subject: { type: 'string', title: 'Subject' } }, ['subject']),
      });
      const given = isObject(subject.content) ? String(subject.content.subject) : 'anything';
      return [says(`Tell me something about ${given}.`)];
    },
  },
  {
    name: 'assay_crash',
    title: 'A prompt that fails',
    description: 'Fails inside the server, and so does the completion of its argument. For whoever tests errors.',
    arguments: [
      {
        name: 'word',
        title: 'Word',
        description: 'Anything.',
        values: () => {
          throw new Error('assay_crash was asked to complete its argument');
        },
      },
    ],
    get: () => {
      throw new Error('assay_crash was asked for');
    },
  },
];

/** The prompt that comes and goes with `assay_change_lists`. */
export const extraPrompt: Prompt = {
  name: 'assay_extra_prompt',
  title: 'A prompt that comes and goes',
  description: 'Is in the list only while assay_change_lists lets it.',
  arguments: [],
  get: () => [says('Here for a moment.')],
};
