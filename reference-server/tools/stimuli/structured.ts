import { text } from '../../content/content.ts';
import { changesNothing, defineTool } from '../tool.ts';

/** Gives structured content: a stimulus for whoever tests output schemas. */
export const assayStructured = defineTool({
  name: 'assay_structured',
  title: 'Give structured content',
  description:
    'Answers with the sum and the mean of "numbers" as structured content that fits its output schema, and the same as ' +
    'JSON in a text. Changes nothing.',
  hints: changesNothing,
  properties: {
    numbers: {
      type: 'array',
      items: { type: 'number' },
      minItems: 1,
      maxItems: 100,
      default: [1, 2, 3],
      description: 'The numbers to add up.',
    },
    between: {
      type: 'array',
      prefixItems: [{ type: 'number' }, { type: 'number' }],
      minItems: 2,
      maxItems: 2,
      description: 'Leaves out what is less than the first of these two numbers, or more than the second.',
    },
  },
  outputSchema: {
    type: 'object',
    properties: {
      sum: { type: 'number', description: 'All numbers together.' },
      mean: { type: 'number', description: 'The sum divided by how many there are.' },
      count: { type: 'integer', description: 'How many there are.' },
    },
    required: ['sum', 'mean', 'count'],
    additionalProperties: false,
  },
  async run({ numbers, between }) {
    const [least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY] = Array.isArray(between) ? between : [];
    const all = Array.isArray(numbers) ? numbers.map(Number) : [1, 2, 3];
    const given = all.filter((one) => !(one < Number(least) || one > Number(most)));
    const sum = given.reduce((total, one) => total + one, 0);
    const structuredContent = { sum, mean: sum / Math.max(given.length, 1), count: given.length };
    return { content: [text(JSON.stringify(structuredContent))], structuredContent };
  },
});
