import type { JsonObject } from '../../spec/messages.ts';
import type { Handler, RequestContext } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError, quoted } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import type { Revision } from '../revisions.ts';
import type { Steps } from '../steps.ts';
import type { RateLimit } from '../tools/rate-limit.ts';
import type { RunCall } from '../tools/run.ts';
import { failed, type Tool } from '../tools/tool.ts';
import { requireValid, validatorOf } from '../validation.ts';
import type { Feature } from './feature.ts';
import { listHandler } from './listing.ts';

/** What the feature needs. */
export interface ToolsOptions {
  tools: readonly Tool[];
  /** The tool that comes and goes, last in the list when it is there. */
  extra: Tool;
  pageSize: number;
  rateLimit: RateLimit;
  /** Runs a call in a revision. */
  runCall: (revision: Revision) => RunCall;
  steps: Pick<Steps, 'tools' | 'paging'>;
}

const validateCall = validatorOf(
  { type: 'object', required: ['name'], properties: { name: { type: 'string' }, arguments: { type: 'object' } } },
  'params',
);

/** `tools/list` and `tools/call` (2025-11-25, server/tools). */
export function toolsFeature({ tools, extra, pageSize, rateLimit, runCall, steps }: ToolsOptions): Feature {
  const byName = new Map([...tools, extra].map((tool) => [tool.name, tool]));
  const isThere = (tool: Tool, { audience }: RequestContext) => tool !== extra || audience.hasExtra('tools');

  const list = listHandler<Tool>({
    method: 'tools/list',
    member: 'tools',
    pageSize,
    paging: steps.paging,
    items: ({ audience }) => (audience.hasExtra('tools') ? [...tools, extra] : tools),
    describe: (tool, { revision }) => steps.tools.describe(tool, revision),
  });

  /**
   * A malformed request and an unknown tool are errors of the protocol. Whatever a model can mend, arguments that do not
   * fit the schema included, is a result with `isError` ("Error Handling"; before 2025-11-25 both were allowed).
   */
  const call =
    (run: RunCall): Handler =>
    async (params, context) => {
      requireValid(validateCall, params);
      const tool = byName.get(String(params.name));
      if (tool === undefined || !isThere(tool, context)) {
        throw steps.tools.unknownTool(String(params.name));
      }
      const args: JsonObject = isObject(params.arguments) ? params.arguments : {};
      const problems = steps.tools.checkArguments(tool, args);
      if (problems.length > 0) return failed(`The arguments of ${tool.name} are not valid. ${problems.join(' ')}`);
      if (!rateLimit.take()) return failed('Too many tool calls at once. Wait a second and try again.');
      return run(tool, args, params, context);
    };

  return {
    capabilities: () => ({ tools: { listChanged: true } }),
    methods: (revision) => ({ 'tools/list': list, 'tools/call': call(runCall(revision)) }),
  };
}

/** The error for a tool that is not there ("Error Handling"). */
export function unknownTool(name: string): ProtocolError {
  return new ProtocolError(ErrorCode.invalidParams, `There is no tool ${quoted(name)}.`);
}
