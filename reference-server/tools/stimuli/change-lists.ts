import { setTimeout as sleep } from 'node:timers/promises';
import type { ListKind } from '../../audience/audience.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** Lets an item of a list come and go: a stimulus for whoever tests notifications of changed lists. */
export const assayChangeLists = defineTool({
  name: 'assay_change_lists',
  title: 'Change a list',
  description:
    'Adds one item to the list "list", and takes it away again after "ms" milliseconds. Whoever listens for changes of the ' +
    'list hears of both. In the end nothing is changed.',
  hints: changesNothing,
  properties: {
    list: { enum: ['tools', 'prompts', 'resources'], default: 'tools', description: 'The list to change.' },
    ms: {
      type: 'integer',
      minimum: 0,
      maximum: 10_000,
      default: 0,
      description: 'How long the item stays, in milliseconds.',
    },
  },
  async run({ list = 'tools', ms = 0 }, { audience, signal }) {
    const changed = String(list) as ListKind;
    audience.setExtra(changed, true);
    try {
      if (Number(ms) > 0) await sleep(Number(ms), undefined, { signal });
    } finally {
      audience.setExtra(changed, false);
    }
    return done(`The list of ${changed} has changed, and changed back.`);
  },
});

/** The tool that comes and goes. */
export const assayExtra = defineTool({
  name: 'assay_extra_tool',
  title: 'A tool that comes and goes',
  description: 'Is in the list only while assay_change_lists lets it. Changes nothing.',
  hints: changesNothing,
  properties: {},
  run: async () => done('Here for a moment.'),
});
