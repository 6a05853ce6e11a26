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
  async run({ numbers }) {
    const given = Array.isArray(numbers) ? numbers.map(Number) : [1, 2, 3];
    const sum = given.reduce((total, one) => total + one, 0);
    const structuredContent = { sum, mean: sum / given.length, count: given.length };
    return { content: [text(JSON.stringify(structuredContent))], structuredContent };
  },
});
