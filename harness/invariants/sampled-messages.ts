import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Asked, askedIn } from './asked.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { declares } from './negotiated.ts';
import { type Breach, condensed, judged, show } from './outcomes.ts';

const REQUIRES = [
  'sampling.tools-only-if-declared',
  'sampling.tool-balance',
  'sampling.tool-results-alone',
  'sampling.message-role',
] as const;
const [TOOLS, BALANCE, ALONE, ROLE] = REQUIRES;

/** What a server has a model go on from: messages, and uses of tools with their results among them. */
export const sampledMessages: Invariant = {
  id: 'invariant.ask.samples',
  title: 'a sampling request has whole messages, and for each use of a tool its result in the message that follows',
  occasion: 'a sampling request of the server',
  requires: REQUIRES,
  judge: (view) =>
    askedIn(view).flatMap((asked) =>
      condensed(asked.flatMap((one) => (one.method === 'sampling/createMessage' ? judgeOne(one, view) : []))),
    ),
};

function judgeOne({ params, declared, exchange, path }: Asked, { revision }: TraceView): Outcome[] {
  if (revision < '2025-11-25') return [];
  const messages = Array.isArray(params.messages) ? params.messages : [];
  const at = (index: number) => `${path}.messages.${index}`;
  const undeclared: Breach[] =
    isObject(declared.sampling) && params.tools !== undefined && !declares(declared.sampling, 'tools')
      ? [{ message: 'a sampling request has tools, and the client did not declare sampling.tools', path }]
      : [];
  const uses = messages.map((message) => blocksOf(message, 'assistant', 'tool_use'));
  const results = messages.map((message) => blocksOf(message, 'user', 'tool_result'));
  const unanswered = uses.flatMap((blocks, index): Breach[] => {
    const answered = results[index + 1]?.map(({ toolUseId }) => toolUseId) ?? [];
    const open = blocks.filter(({ id }) => id !== undefined && !answered.includes(id));
    return open.map(({ id }) => ({
      message: `the message after the use of a tool has no result for it: ${show(id)}`,
      path: at(index),
    }));
  });
  const mixed = results.flatMap((blocks, index): Breach[] =>
    blocks.length > 0 && blocks.length < contentOf(messages[index]).length
      ? [{ message: 'a message with the results of tools has something else beside them', path: at(index) }]
      : [],
  );
  return [
    ...judged(TOOLS, exchange, undeclared, isObject(declared.sampling)),
    ...judged(
      BALANCE,
      exchange,
      unanswered,
      uses.some(({ length }) => length),
    ),
    ...judged(
      ALONE,
      exchange,
      mixed,
      results.some(({ length }) => length),
    ),
    ...(revision >= '2026-07-28' ? judged(ROLE, exchange, roleless(messages, at), messages.length > 0) : []),
  ];
}

function roleless(messages: readonly Json[], at: (index: number) => string): Breach[] {
  return messages.flatMap((message, index): Breach[] => {
    const { role, content } = isObject(message) ? message : {};
    if ((role === 'user' || role === 'assistant') && content !== undefined) return [];
    const lacks = content === undefined ? 'no content' : `the role ${show(role)}`;
    return [{ message: `a sampling message has ${lacks}`, path: at(index), actual: message }];
  });
}

function contentOf(message: Json | undefined): Json[] {
  const content = isObject(message) ? message.content : undefined;
  return Array.isArray(content) ? content : content === undefined ? [] : [content];
}

function blocksOf(message: Json, role: string, type: string): JsonObject[] {
  if (!isObject(message) || message.role !== role) return [];
  return contentOf(message).flatMap((block) => (isObject(block) && block.type === type ? [block] : []));
}
