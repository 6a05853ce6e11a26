import pLimit from 'p-limit';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { observe } from '../judge/observation.ts';
import { type RunSetting, traceHeader } from '../run/run-setting.ts';
import { connect } from '../session/open-session.ts';
import { requestMeta, withMeta } from '../session/request-metadata.ts';
import type { CallPolicy, Stimuli } from '../stimuli/find-stimuli.ts';
import type { Tried } from '../stimuli/found-by-trying.ts';
import { callableTools } from '../stimuli/tool-calls.ts';
import { isWellKnown } from '../stimuli/well-known.ts';
import { transportOf } from '../target/target.ts';
import { type Exchange, exchangeIn } from '../trace/exchange.ts';
import { Recorder, type Trace } from '../trace/trace.ts';
import { openPool } from '../transport/pool.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Answer, answersTo, decline, markedly, willingly, wrongly } from './answers.ts';
import { argumentsFor } from './arguments.ts';
import { learnedFrom, type TriedCall } from './learned.ts';
import { slowArguments } from './slow-arguments.ts';
import { GivenValues } from './values.ts';

/** What the harness says it can be asked for while it tries things out. */
const CAPABILITIES: JsonObject = { elicitation: { form: {}, url: {} }, sampling: { tools: {} }, roots: {} };
/** Most items of each kind that are tried. */
const MOST = 10;
/** How long a subscription is listened to, in milliseconds. */
const LISTEN_MS = 600;
/** How often a tool that asks is answered. */
const ROUNDS = 3;
/** Most resources that are subscribed to one by one, and most templates that are filled in. */
const MOST_ALONE = 4;

/** What came of a try-out. */
export interface TriedOut {
  readonly trace: Trace;
  /** What calls showed of the tools. */
  readonly tried: readonly Tried[];
  /** What else was found to try cases with: `gettable-prompt`, a prompt with the arguments that it was given with. */
  readonly stimuli: Stimuli;
}

/**
 * Uses a target of the stateless era once, as a client would, before it is judged: reads what it lists, gets its prompts,
 * completes, subscribes, calls the tools that may be called, and answers what they ask. Judges nothing; invariants hold of
 * the trace, and what the tools showed are stimuli for cases.
 */
export async function tryOut(setting: RunSetting, policy: CallPolicy): Promise<TriedOut> {
  const attempt = new TryOut(setting);
  const header = traceHeader('try-out', setting);
  try {
    await attempt.run(policy);
  } finally {
    await attempt.close();
  }
  const stimuli = attempt.prompt ? { 'gettable-prompt': attempt.prompt } : {};
  return { trace: { header, events: attempt.recorder.events }, tried: attempt.calls.map(learnedFrom), stimuli };
}

class TryOut {
  readonly recorder = new Recorder();
  readonly calls: TriedCall[] = [];
  /** The first prompt that was given, with the arguments that it took. */
  prompt: JsonObject | null = null;
  readonly #pool = openPool();
  readonly #given = new GivenValues();
  readonly #setting: RunSetting;
  readonly #client;
  readonly #deadline: number;
  readonly #limit;
  #tokens = 0;

  constructor(setting: RunSetting) {
    const { target, limits, revision, variables } = setting;
    this.#setting = setting;
    this.#client = connect('a', target, {
      pool: this.#pool,
      recorder: this.recorder,
      limits,
      revision,
      capabilities: CAPABILITIES,
      answers: {},
      tools: objectsIn(variables.tools),
    });
    this.#deadline = performance.now() + limits.caseMs;
    // over stdio only the order of the lines says what belongs to which call
    this.#limit = pLimit(transportOf(target) === 'stdio' ? 1 : 4);
  }

  async run(policy: CallPolicy): Promise<void> {
    const { capabilities } = isObject(this.#setting.variables.server) ? this.#setting.variables.server : {};
    const declared = isObject(capabilities) ? capabilities : {};
    const uris = declared.resources ? await this.#resources() : [];
    const listening = this.#listen(uris);
    if (declared.completions) await this.#completions();
    await Promise.all(
      this.#templates.slice(0, MOST_ALONE).map((template) => this.#limit(() => this.#template(template))),
    );
    await Promise.all(
      objectsIn(this.#setting.variables.prompts)
        .slice(0, MOST)
        .map((prompt) => this.#limit(() => this.#prompt(prompt))),
    );
    const tools = callableTools(objectsIn(this.#setting.variables.tools), policy);
    // what one tool returns may be what another takes
    for (const round of [0, 1]) {
      await Promise.all(tools.slice(0, MOST).map((tool) => this.#limit(() => this.#tool(tool, round))));
    }
    await listening;
  }

  async close(): Promise<void> {
    await this.#client.close();
    await this.#pool.destroy();
  }

  async #ask(method: string, params: JsonObject, meta: JsonObject = {}, hold?: number): Promise<Exchange | undefined> {
    if (performance.now() > this.#deadline) return undefined;
    const id = this.#client.nextId();
    const own = { ...requestMeta(this.#setting.revision, CAPABILITIES), ...meta };
    const body = Buffer.from(JSON.stringify(withMeta({ jsonrpc: '2.0', id, method, params }, own)));
    const waits = hold === undefined ? { awaits: [id] } : { hold };
    const number = await this.#client.send({ step: null, method: 'POST', body, ...waits });
    return exchangeIn(this.recorder.events, number);
  }

  async #result(method: string, params: JsonObject): Promise<JsonObject> {
    const exchange = await this.#ask(method, params);
    const result = exchange ? observe(exchange).result : undefined;
    return isObject(result) ? result : {};
  }

  async #pages(method: string, member: string): Promise<JsonObject[]> {
    const items: JsonObject[] = [];
    let params: JsonObject = {};
    for (let page = 0; page < MOST; page += 1) {
      const { [member]: listed, nextCursor } = await this.#result(method, params);
      items.push(...objectsIn(listed));
      if (typeof nextCursor !== 'string') break;
      params = { cursor: nextCursor };
    }
    return items;
  }

  /** Reads what is listed; gives the URIs. */
  async #resources(): Promise<string[]> {
    const listed = await this.#pages('resources/list', 'resources');
    const uris = listed.flatMap(({ uri }) => (typeof uri === 'string' ? [uri] : []));
    const templates = await this.#pages('resources/templates/list', 'resourceTemplates');
    this.#templates.push(
      ...templates.flatMap(({ uriTemplate }) => (typeof uriTemplate === 'string' ? [uriTemplate] : [])),
    );
    await Promise.all(
      uris.slice(0, MOST).map((uri) =>
        this.#limit(async () => {
          this.#given.addAll((await this.#result('resources/read', { uri })).contents);
        }),
      ),
    );
    return uris;
  }

  readonly #templates: string[] = [];

  /** Completes every argument of prompts and templates from nothing. */
  async #completions(): Promise<void> {
    const ofPrompts = objectsIn(this.#setting.variables.prompts).flatMap(({ name = null, arguments: taken }) =>
      objectsIn(taken).map((argument) => ({ ref: { type: 'ref/prompt', name }, name: argument.name })),
    );
    const ofTemplates = this.#templates.flatMap((uri) =>
      [...uri.matchAll(/\{[+#./;?&]?(\w+)/g)].map(([, name]) => ({ ref: { type: 'ref/resource', uri }, name })),
    );
    await Promise.all(
      [...ofPrompts, ...ofTemplates].slice(0, MOST).map(({ ref, name }) =>
        this.#limit(async () => {
          if (typeof name !== 'string') return;
          const { completion } = await this.#result('completion/complete', { ref, argument: { name, value: '' } });
          const values = isObject(completion) && Array.isArray(completion.values) ? completion.values : [];
          for (const value of values) this.#given.add(name, value);
        }),
      ),
    );
  }

  async #prompt({ name, arguments: taken }: JsonObject): Promise<void> {
    if (typeof name !== 'string') return;
    const given = objectsIn(taken).map(({ name: argument }) => [
      String(argument),
      String(this.#given.get(String(argument))[0] ?? 'assay'),
    ]);
    const asked = { name, ...(given.length ? { arguments: Object.fromEntries(given) } : {}) };
    const { messages } = await this.#result('prompts/get', asked);
    if (Array.isArray(messages)) this.prompt ??= { arguments: {}, ...asked };
  }

  /** Reads what a template of plain variables names, where the server gave values for them. */
  async #template(uriTemplate: string): Promise<void> {
    let unknown = false;
    const uri = uriTemplate.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const [value] = this.#given.get(name);
      unknown ||= value === undefined;
      return encodeURIComponent(String(value));
    });
    if (!unknown && !uri.includes('{')) await this.#ask('resources/read', { uri });
  }

  /** Listens to all there is, and to resources one by one: what else comes was not asked for. */
  async #listen(uris: readonly string[]): Promise<void> {
    if (transportOf(this.#setting.target) === 'stdio') return;
    const lists = { toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true };
    await Promise.all(
      [
        { ...lists, resourceSubscriptions: [...uris.slice(0, MOST)] },
        ...uris.slice(0, MOST_ALONE).map((uri) => ({ resourceSubscriptions: [uri] })),
      ].map((notifications) => this.#ask('subscriptions/listen', { notifications }, {}, LISTEN_MS)),
    );
  }

  /** Calls a tool: first with all there is to hear on the way, then with nothing, last with what others gave meanwhile. */
  async #tool(tool: JsonObject, round: number): Promise<void> {
    const { name, inputSchema } = tool;
    if (typeof name !== 'string') return;
    const mine = this.calls.filter((call) => call.name === name).map((call) => call.arguments);
    const before = new Set(mine.map((args) => JSON.stringify(args)));
    const fresh = argumentsFor(inputSchema, this.#given).filter((args) => !before.has(JSON.stringify(args)));
    if (round === 1) {
      const args = fresh[0] ?? mine.at(-1);
      if (args) await this.#call(name, args, false);
      return;
    }
    const slow = isWellKnown(name) ? null : slowArguments(tool);
    if (slow) await this.#call(name, slow, true);
    for (const [at, args] of fresh.slice(0, 2).entries()) await this.#call(name, args, at === 0);
  }

  async #call(name: string, args: JsonObject, hears: boolean): Promise<void> {
    this.#tokens += 1;
    const token = `assay-try-${this.#tokens}`;
    const meta = hears ? { progressToken: token, 'io.modelcontextprotocol/logLevel': 'debug' } : {};
    const exchange = await this.#ask('tools/call', { name, arguments: args }, meta);
    if (!exchange) return;
    const call: TriedCall = { name, arguments: args, token, exchange };
    this.calls.push(call);
    const { result } = observe(exchange);
    if (!isObject(result)) return;
    this.#given.addAll(result.structuredContent);
    this.#given.addAll(result.content);
    await this.#answer(call, result, 1);
    if (result.inputRequests) await this.#retry(name, args, result, decline);
  }

  async #answer(call: TriedCall, asked: JsonObject, round: number): Promise<void> {
    if (asked.resultType !== 'input_required' || round > ROUNDS) return;
    const exchange = await this.#retry(call.name, call.arguments, asked, willingly);
    const result = exchange ? observe(exchange).result : undefined;
    if (!isObject(result)) return;
    if (round === 1) noteAnswers(call, asked.inputRequests, result);
    await this.#answer(call, result, round + 1);
  }

  #retry(name: string, args: JsonObject, { inputRequests, requestState }: JsonObject, answer: Answer) {
    const inputResponses = answersTo(inputRequests, answer);
    return this.#ask('tools/call', {
      name,
      arguments: args,
      ...(inputRequests === undefined ? {} : { inputResponses }),
      ...(requestState === undefined ? {} : { requestState }),
    });
  }
}

/** Notes what a first question was answered with, if that settled it or led to a second. */
function noteAnswers(
  call: TriedCall,
  asked: Json | undefined,
  { resultType, isError, inputRequests }: JsonObject,
): void {
  if (resultType === 'complete' && isError !== true) {
    call.answers = answersTo(asked, willingly);
    call.misfits = answersTo(asked, wrongly);
  }
  if (resultType === 'input_required' && isObject(inputRequests)) {
    call.interview = { inputResponses: answersTo(asked, markedly), next: answersTo(inputRequests, willingly) };
  }
}

function objectsIn(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}
