import type { JsonObject } from '../../spec/messages.ts';
import type { Handler, RequestContext } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError, quoted } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import type { Prompt } from '../prompts/prompt.ts';
import type { Steps } from '../steps.ts';
import { requireValid, validatorOf } from '../validation.ts';
import type { Feature } from './feature.ts';
import { listHandler } from './listing.ts';

/** What the feature needs. */
export interface PromptsOptions {
  prompts: readonly Prompt[];
  /** The prompt that comes and goes. */
  extra: Prompt;
  pageSize: number;
  steps: Pick<Steps, 'prompts' | 'paging'>;
}

const validateGet = validatorOf(
  {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, arguments: { type: 'object', additionalProperties: { type: 'string' } } },
  },
  'params',
);

/** `prompts/list` and `prompts/get` (2025-11-25, server/prompts). */
export function promptsFeature({ prompts, extra, pageSize, steps }: PromptsOptions): Feature {
  const all = ({ audience }: RequestContext) => (audience.hasExtra('prompts') ? [...prompts, extra] : prompts);

  const list = listHandler<Prompt>({
    method: 'prompts/list',
    member: 'prompts',
    pageSize,
    paging: steps.paging,
    items: all,
    describe: (prompt, { revision }) => steps.prompts.describe(prompt, revision),
  });

  const get: Handler = async (params, context) => {
    requireValid(validateGet, params);
    const prompt = all(context).find(({ name }) => name === params.name);
    if (prompt === undefined) {
      throw steps.prompts.unknownPrompt(String(params.name));
    }
    const args = textsIn(isObject(params.arguments) ? params.arguments : {});
    const problems = steps.prompts.checkArguments(prompt, args);
    if (problems.length > 0) throw new ProtocolError(ErrorCode.invalidParams, problems.join(' '));
    const messages = await prompt.get(args, context);
    return {
      description: prompt.description,
      messages: messages.map((message) => steps.prompts.messageFor(message, context.revision)),
    };
  };

  return {
    capabilities: () => ({ prompts: { listChanged: true } }),
    methods: () => ({ 'prompts/list': list, 'prompts/get': get }),
  };
}

/** The error for a prompt that is not there (server/prompts, "Error Handling"). */
export function unknownPrompt(name: string): ProtocolError {
  return new ProtocolError(ErrorCode.invalidParams, `There is no prompt ${quoted(name)}.`);
}

function textsIn(args: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, String(value)]));
}
