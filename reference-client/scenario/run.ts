/** The test client as a program: one scenario against one server. */
import { ReferenceClient } from '../client.ts';
import type { Conduct } from '../conduct.ts';
import { describeFailure } from '../results.ts';
import { handlersFor } from './answers.ts';
import { type Context, ContextError, readContext } from './context.ts';
import { Inbox } from './inbox.ts';
import { nameOf, perform } from './perform.ts';
import { type Scenario, scenarioNamed } from './scenarios.ts';

/** What the program is started with. */
export interface Invocation {
  /** The arguments after the program's own name: only the server's URL. */
  args: readonly string[];
  env: Record<string, string | undefined>;
  conduct: Conduct;
  /** Takes one line that says what went wrong. */
  complain(line: string): void;
}

/** 0: all went as the protocol says. 1: an action failed. 2: the arguments or the context cannot be used. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs the scenario named in MCP_CONFORMANCE_SCENARIO with the data in MCP_CONFORMANCE_CONTEXT: connects, does the
 * scenario's actions up to the first that fails, closes.
 *
 * Source: the convention of the official conformance suite for clients (@modelcontextprotocol/conformance, README).
 */
export async function run({ args, env, conduct, complain }: Invocation): Promise<ExitCode> {
  const [url, ...others] = args;
  if (url === undefined || others.length > 0 || !URL.canParse(url)) {
    complain(`give the server's URL as the only argument, not ${JSON.stringify(args)}`);
    return 2;
  }
  const name = env.MCP_CONFORMANCE_SCENARIO;
  let context: Context;
  try {
    context = readContext(env.MCP_CONFORMANCE_CONTEXT);
  } catch (error) {
    if (!(error instanceof ContextError)) throw error;
    complain(`MCP_CONFORMANCE_CONTEXT cannot be used: ${error.message}`);
    return 2;
  }
  const problem = await play(scenarioNamed(name, context), context, url, conduct);
  if (problem !== undefined) complain(problem);
  return problem === undefined ? 0 : 1;
}

async function play(scenario: Scenario, context: Context, url: string, conduct: Conduct): Promise<string | undefined> {
  const inbox = new Inbox();
  const client = new ReferenceClient({
    url,
    conduct,
    handlers: handlersFor(scenario.answers),
    observer: { message: (message) => inbox.put(message) },
    ...(context.revision && { revision: context.revision }),
    ...(context.timeoutMs !== undefined && { timeoutMs: context.timeoutMs }),
  });
  const connected = await client.connect();
  if (!connected.ok) return `connect failed: ${describeFailure(connected.failure)}`;

  for (const [index, action] of scenario.actions.entries()) {
    const problem = await perform(action, { client, inbox });
    if (problem === undefined) continue;
    await client.close();
    return `action ${index + 1} (${nameOf(action)}) failed: ${problem}`;
  }
  const closed = await client.close();
  return closed.ok ? undefined : `close failed: ${describeFailure(closed.failure)}`;
}
