import { expect, it } from 'vitest';
import type { JsonObject } from '../../../spec/messages.ts';
import type { Ask } from '../../client/ask.ts';
import { quietContext } from '../../testing/context.ts';
import { assaySampleWithTools } from './sample-with-tools.ts';

const use = (id: string, name: string) => ({ type: 'tool_use', id, name, input: { a: 1, b: 2 } });

async function run(turn: (round: number) => JsonObject[]) {
  const asked: JsonObject[] = [];
  const ask: Ask = async (questions) => {
    const entries = Object.entries<{ params: JsonObject }>(questions).map(([name, { params }]) => {
      asked.push(structuredClone(params));
      return [name, { role: 'assistant', model: 'm', content: turn(asked.length) }];
    });
    return Object.fromEntries(entries);
  };
  return { asked, result: await assaySampleWithTools.run({}, quietContext({ ask })) };
}

it('runs the tool that the model wants, and goes on with what came of it', async () => {
  const { asked, result } = await run((round) =>
    round === 1 ? [use('x', 'add'), use('y', 'subtract')] : [{ type: 'text', text: 'Three.' }],
  );
  expect(result).toMatchObject({ content: [{ text: 'The model m said: Three.' }] });
  expect(asked.map(({ toolChoice }) => toolChoice)).toEqual([{ mode: 'auto' }, { mode: 'auto' }]);
  expect(asked[1]?.messages).toMatchObject([
    { role: 'user' },
    { role: 'assistant', content: [{ id: 'x' }, { id: 'y' }] },
    {
      role: 'user',
      content: [
        { type: 'tool_result', toolUseId: 'x', content: [{ text: '3' }] },
        { type: 'tool_result', toolUseId: 'y', isError: true },
      ],
    },
  ]);
});

it('has enough after four rounds, and says so in the last', async () => {
  const { asked, result } = await run(() => [use('x', 'add')]);
  expect(result).toMatchObject({ content: [{ text: 'The model m said: ' }] });
  expect(asked.map(({ toolChoice }) => toolChoice)).toEqual([
    { mode: 'auto' },
    { mode: 'auto' },
    { mode: 'auto' },
    { mode: 'none' },
  ]);
});
