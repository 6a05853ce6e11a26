import pLimit from 'p-limit';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { type RunSetting, traceHeader } from '../run/run-setting.ts';
import { clientsOfOne } from '../run/suitable-concurrency.ts';
import type { CallPolicy } from '../stimuli/find-stimuli.ts';
import { SLOW_MS, STEPS, type Tried } from '../stimuli/found-by-trying.ts';
import { toolsToTry } from '../stimuli/tool-calls.ts';
import { isWellKnown } from '../stimuli/well-known.ts';
import { Recorder, type Trace } from '../trace/trace.ts';
import { openPool } from '../transport/pool.ts';
import { isObject } from '../wire/json-rpc.ts';
import { argumentsFor } from './arguments.ts';
import { moreSteps } from './more-steps.ts';
import { slowArguments } from './slow-arguments.ts';
import { openTalk, type Stage } from './talk.ts';
import { listAll, tryOffers, watchOffers } from './try-offers.ts';
import { declares, tryTool } from './try-tool.ts';
import { GivenValues } from './values.ts';

/** What came of a try-out. */
export interface SessionsTried {
  readonly trace: Trace;
  /** The tools that the server shows to a client that can do everything. */
  readonly tools: readonly JsonObject[];
  readonly tried: readonly Tried[];
  /** Settles when the trace is whole: subscriptions are watched for longer than anything else takes. Never rejects. */
  readonly over: Promise<void>;
}

/** The capabilities of a server that there is something to try of. */
const OFFERS = ['tools', 'prompts', 'resources', 'logging'];

/** More tools than this are not tried. */
const MOST_TOOLS = 12;

/**
 * Uses a server as an ordinary client would before it is judged: calls the tools that may be called, reads, completes and
 * subscribes to what it lists. What it shows of its tools (which are slow, which report progress, which ask something back)
 * gives cases their stimuli; the traffic is judged by the invariants. Never rejects for what the server does.
 *
 * @param concurrency how many sessions may be open at a time
 */
export async function trySessions(
  setting: RunSetting,
  policy: CallPolicy,
  concurrency: number,
): Promise<SessionsTried> {
  const recorder = new Recorder();
  const pool = openPool();
  const stage: Stage = { ...setting, pool, recorder, deadline: performance.now() + setting.limits.caseMs };
  const header = traceHeader('try-out', setting);
  const nothing = { trace: { header, events: [] }, tools: [], tried: [], over: Promise.resolve() };
  if (!OFFERS.some((what) => declares(stage, what))) return nothing;
  const given = new GivenValues();
  const limit = pLimit(clientsOfOne(concurrency));
  let watching: Promise<void> = Promise.resolve();
  let left = false;
  const leave = async () => {
    left = true;
    await watching;
    await pool.destroy();
  };
  try {
    const { tools: shown, watched } = await look(stage, given);
    watching = watched;
    if (concurrency === 1) await watching;
    const tools = merged(setting.variables.tools, shown);
    const unknown = tools.filter((tool) => !isWellKnown(String(tool.name)));
    const chosen = toolsToTry(unknown, policy, MOST_TOOLS);
    const tried: Tried[] = [];
    // what one tool returns may be what another takes
    for (const round of [0, 1]) {
      const calls = chosen.flatMap((tool, index) => {
        const mine = tried.filter(({ name }) => name === tool.name);
        return (round === 0 ? firstCalls(tool, given) : nextCalls(tool, given, mine)).map((args, nth) =>
          limit(() => tryTool(`t${round}-${index}-${nth}`, String(tool.name), args, stage)),
        );
      });
      for (const one of await Promise.all(calls)) {
        if (!one) continue;
        tried.push(one);
        for (const value of one.said) given.addAll(value);
      }
    }
    const seen = { ...header, variables: { ...header.variables, tools } };
    return { trace: { header: seen, events: recorder.events }, tools, tried, over: leave() };
  } finally {
    if (!left) await leave();
  }
}

/** Looks at all that a server lists for a client that can do everything; gives the tools, and the end of what it watches. */
async function look(stage: Stage, given: GivenValues): Promise<{ tools: JsonObject[]; watched: Promise<void> }> {
  const talk = await openTalk('a', stage);
  if (!talk) return { tools: [], watched: Promise.resolve() };
  try {
    const tools = declares(stage, 'tools') ? await listAll(talk, 'tools/list', 'tools') : [];
    await talk.listen();
    const uris = await tryOffers(talk, stage, given);
    return { tools, watched: watchOffers(talk, stage, uris).finally(() => talk.close()) };
  } catch (error) {
    await talk.close();
    throw error;
  }
}

/** The likeliest arguments, and those with which a tool takes its time. */
function firstCalls(tool: JsonObject, given: GivenValues): JsonObject[] {
  const [likeliest] = argumentsFor(tool.inputSchema, given);
  const slow = slowArguments(tool);
  return [...(likeliest ? [likeliest] : []), ...(slow ? [slow] : [])];
}

/**
 * Other arguments: for a tool that worked those that the server does not know, by which it may be seen to fail; for one that
 * reported progress and was soon done also such that it may take longer, by which it may be seen to go back, or be stopped.
 */
function nextCalls(tool: JsonObject, given: GivenValues, tried: readonly Tried[]): JsonObject[] {
  if (!tried.length || tried.some(({ answer }) => answer === 'none')) return [];
  const before = new Set(tried.map((one) => JSON.stringify(one.arguments)));
  const fresh = argumentsFor(tool.inputSchema, given).filter((args) => !before.has(JSON.stringify(args)));
  if (!tried.some(({ answer }) => answer === 'result')) return fresh.slice(0, 1);
  const brief = tried.every(isBrief) && tried.find(({ progress }) => progress > 0);
  const longer = brief ? moreSteps(tool, brief.arguments, brief.ms) : null;
  return [...fresh.slice(-1), ...(longer ? [longer] : [])];
}

/** Whether a tool that reports progress came to its end before much could be seen of that. */
function isBrief({ progress, ms }: Tried): boolean {
  return progress < STEPS || ms < SLOW_MS;
}

function merged(known: Json | undefined, shown: readonly JsonObject[]): JsonObject[] {
  const before = Array.isArray(known) ? known.filter(isObject) : [];
  const names = new Set(before.map(({ name }) => name));
  return [...before, ...shown.filter(({ name }) => !names.has(name))];
}
