import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../spec/messages.ts';
import type { Handler } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError, quoted } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import type { Steps } from '../steps.ts';
import type { RateLimit } from '../tools/rate-limit.ts';
import { failed, type Tool } from '../tools/tool.ts';
import { requireValid, validatorOf } from '../validation.ts';
import type { Feature } from './feature.ts';
import { pageOf } from './pagination.ts';

/** What the feature needs. */
export interface ToolsOptions {
  tools: readonly Tool[];
  pageSize: number;
  rateLimit: RateLimit;
  steps: Pick<Steps, 'tools' | 'paging'>;
}

const validateList = validatorOf({ type: 'object', properties: { cursor: { type: 'string' } } }, 'params');
const validateCall = validatorOf(
  { type: 'object', required: ['name'], properties: { name: { type: 'string' }, arguments: { type: 'object' } } },
  'params',
);

/** `tools/list` and `tools/call` (2025-11-25, server/tools). The list never changes, so `listChanged` is not promised. */
export function toolsFeature({ tools, pageSize, rateLimit, steps }: ToolsOptions): Feature {
  const key = randomBytes(32);
  const byName = new Map(tools.map((tool) => [tool.name, tool]));

  const list: Handler = (params, { revision }) => {
    requireValid(validateList, params);
    const cursor = typeof params.cursor === 'string' ? params.cursor : undefined;
    const page = pageOf(tools, { list: 'tools/list', key, size: pageSize, cursor }, steps.paging);
    const described = page.items.map((tool) => steps.tools.describe(tool, revision));
    return page.nextCursor === undefined ? { tools: described } : { tools: described, nextCursor: page.nextCursor };
  };

  /**
   * A malformed request and an unknown tool are errors of the protocol. Whatever a model can mend, arguments that do not
   * fit the schema included, is a result with `isError` ("Error Handling"; before 2025-11-25 both were allowed).
   */
  const call: Handler = async (params, context) => {
    requireValid(validateCall, params);
    const tool = byName.get(String(params.name));
    if (tool === undefined) {
      throw new ProtocolError(ErrorCode.invalidParams, `There is no tool ${quoted(String(params.name))}.`);
    }
    const args: JsonObject = isObject(params.arguments) ? params.arguments : {};
    const problems = steps.tools.checkArguments(tool, args);
    if (problems.length > 0) return failed(`The arguments of ${tool.name} are not valid. ${problems.join(' ')}`);
    if (!rateLimit.take()) return failed('Too many tool calls at once. Wait a second and try again.');
    return steps.tools.run(tool, args, context);
  };

  return { capability: 'tools', promises: {}, methods: { 'tools/list': list, 'tools/call': call } };
}
