import type { JsonObject } from '../../spec/messages.ts';
import type { Handler } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError, quoted } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import type { Prompt } from '../prompts/prompt.ts';
import type { ResourceTemplate } from '../resources/resource.ts';
import { factsOf } from '../revisions.ts';
import type { Steps } from '../steps.ts';
import type { RateLimit } from '../tools/rate-limit.ts';
import { requireValid, validatorOf } from '../validation.ts';
import type { Feature } from './feature.ts';

/** What the feature needs. */
export interface CompletionOptions {
  prompts: readonly Prompt[];
  templates: readonly ResourceTemplate[];
  rateLimit: RateLimit;
  steps: Pick<Steps, 'completion'>;
}

/** No answer has more values than this ("Completion Results"). */
const MOST_VALUES = 100;

const validateComplete = validatorOf(
  {
    type: 'object',
    required: ['ref', 'argument'],
    properties: {
      ref: {
        type: 'object',
        required: ['type'],
        properties: { type: { enum: ['ref/prompt', 'ref/resource'] } },
        if: { properties: { type: { const: 'ref/prompt' } } },
        // biome-ignore lint/suspicious/noThenProperty: a key word of JSON Schema
        then: { required: ['name'], properties: { name: { type: 'string' } } },
        else: { required: ['uri'], properties: { uri: { type: 'string' } } },
      },
      argument: {
        type: 'object',
        required: ['name', 'value'],
        properties: { name: { type: 'string' }, value: { type: 'string' } },
      },
      context: {
        type: 'object',
        properties: { arguments: { type: 'object', additionalProperties: { type: 'string' } } },
      },
    },
  },
  'params',
);

/** Gives the values an argument can have; undefined when it is free, so that nothing can be suggested. */
type Values = ((given: JsonObject) => readonly string[] | Promise<readonly string[]>) | undefined;

/** `completion/complete` (2025-11-25, server/utilities/completion). Suggests only what the lists show to anybody. */
export function completionFeature({ prompts, templates, rateLimit, steps }: CompletionOptions): Feature {
  const complete: Handler = async (params) => {
    requireValid(validateComplete, params);
    if (!rateLimit.take())
      throw new ProtocolError(ErrorCode.internalError, 'Too many completions at once; wait a second.');
    const { ref, argument, context } = params;
    if (!isObject(ref) || !isObject(argument)) return { completion: { values: [] } };
    const values = ref.type === 'ref/prompt' ? ofPrompt(prompts, ref, argument) : ofTemplate(templates, ref, argument);
    const given = isObject(context) && isObject(context.arguments) ? context.arguments : {};
    const matching = steps.completion.rank((await values?.(given)) ?? [], String(argument.value));
    return { completion: steps.completion.cut(matching) };
  };
  return {
    capabilities: (revision) => (factsOf(revision).completionsCapability ? { completions: {} } : {}),
    methods: () => ({ 'completion/complete': complete }),
  };
}

/** The values that go with what was typed: first those that begin with it, then those that contain it, as they are known. */
export function rankCompletions(values: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  const beginning = values.filter((value) => value.toLowerCase().startsWith(wanted));
  const containing = values.filter((value) => !beginning.includes(value) && value.toLowerCase().includes(wanted));
  return [...beginning, ...containing];
}

/** The result for all values that match: no more than are allowed, and how many there are. */
export function cutCompletions(values: readonly string[]): JsonObject {
  return { values: values.slice(0, MOST_VALUES), total: values.length, hasMore: values.length > MOST_VALUES };
}

function ofPrompt(prompts: readonly Prompt[], ref: JsonObject, argument: JsonObject): Values {
  const prompt = prompts.find(({ name }) => name === ref.name);
  if (prompt === undefined) {
    throw new ProtocolError(ErrorCode.invalidParams, `There is no prompt ${quoted(String(ref.name))}.`);
  }
  const found = prompt.arguments.find(({ name }) => name === argument.name);
  if (found === undefined) throw noArgument(String(argument.name));
  return found.values;
}

function ofTemplate(templates: readonly ResourceTemplate[], ref: JsonObject, argument: JsonObject): Values {
  const template = templates.find(({ uriTemplate }) => uriTemplate === ref.uri);
  if (template === undefined) {
    throw new ProtocolError(ErrorCode.invalidParams, `There is no resource template ${quoted(String(ref.uri))}.`);
  }
  const name = String(argument.name);
  if (!Object.hasOwn(template.values, name)) throw noArgument(name);
  return template.values[name];
}

function noArgument(name: string): ProtocolError {
  return new ProtocolError(ErrorCode.invalidParams, `There is no argument ${quoted(name)} to complete.`);
}
