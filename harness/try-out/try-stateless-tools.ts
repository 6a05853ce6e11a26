import type { Json, JsonObject } from '../../spec/messages.ts';
import { observe } from '../judge/observation.ts';
import { isWellKnown } from '../stimuli/well-known.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Answer, answersTo, decline, markedly, willingly, wrongly } from './answers.ts';
import { argumentsFor } from './arguments.ts';
import type { TriedCall } from './learned.ts';
import { slowArguments } from './slow-arguments.ts';
import type { StatelessTalk } from './stateless-talk.ts';

/** How often a tool that asks is answered. */
const ROUNDS = 3;

/** Calls tools and answers what they ask. */
export class StatelessToolTrial {
  readonly calls: TriedCall[] = [];
  readonly #talk: StatelessTalk;
  #tokens = 0;

  constructor(talk: StatelessTalk) {
    this.#talk = talk;
  }

  /** Calls a tool: first with all there is to hear on the way, then with nothing, last with what others gave meanwhile. */
  async try(tool: JsonObject, round: number): Promise<void> {
    const { name, inputSchema } = tool;
    if (typeof name !== 'string') return;
    const mine = this.calls.filter((call) => call.name === name).map((call) => call.arguments);
    const before = new Set(mine.map((args) => JSON.stringify(args)));
    const fresh = argumentsFor(inputSchema, this.#talk.given).filter((args) => !before.has(JSON.stringify(args)));
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
    const exchange = await this.#talk.ask('tools/call', { name, arguments: args }, meta);
    if (!exchange) return;
    const call: TriedCall = { name, arguments: args, token, exchange };
    this.calls.push(call);
    const { result } = observe(exchange);
    if (!isObject(result)) return;
    this.#talk.given.addAll(result.structuredContent);
    this.#talk.given.addAll(result.content);
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
    return this.#talk.ask('tools/call', {
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
