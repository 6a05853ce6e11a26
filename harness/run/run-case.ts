import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from 'undici';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { factsOf } from '../../spec/revisions.ts';
import type { Case, Step } from '../case/case.ts';
import { fill, filledExample, type Lookup, lookupIn, UnknownPlaceholder } from '../case/placeholders.ts';
import { firstHeard, heardBy } from '../judge/heard.ts';
import { unmetAssumption } from '../judge/judge-case.ts';
import { unmetNeed } from '../judge/needs.ts';
import { type Observation, observe } from '../judge/observation.ts';
import type { Client, Sending } from '../session/client.ts';
import { confirmSession, connect, openSession } from '../session/open-session.ts';
import { PlayedTasks } from '../session/played-tasks.ts';
import { requestMeta } from '../session/request-metadata.ts';
import { originOf } from '../target/target.ts';
import { exchangeIn, readExchanges } from '../trace/exchange.ts';
import { Recorder, type Trace } from '../trace/trace.ts';
import { Connections } from '../transport/connections.ts';
import { isObject, objectsIn } from '../wire/json-rpc.ts';
import { type RunSetting, settledVariables, traceHeader } from './run-setting.ts';
import { awaitedIds, bodyOf, parse } from './step-body.ts';
import { isSeen, pauseAfter } from './until-seen.ts';

/** Drives a target through one case over sessions of its own and gives the trace; judges nothing, never rejects. */
export async function runCase(testCase: Case, setting: RunSetting): Promise<Trace> {
  const header = traceHeader(testCase.id, setting);
  if (unmetNeed(testCase, header)) return { header, events: [] };
  const driver = new CaseDriver(testCase, setting);
  try {
    await driver.run();
  } finally {
    await driver.close();
  }
  return { header, events: driver.recorder.events };
}

/** How long to wait for a message that may never come, and how often to look for it, in milliseconds. */
const HEARING_MS = 2_000;
const LISTENING_MS = 10;

/** How many examples of a table a case tries in its session. */
function examplesIn({ steps }: Case): number {
  return new Set(steps.flatMap(({ example }) => example ?? [])).size;
}

class CaseDriver {
  readonly recorder = new Recorder();
  /** Its own, where it is given nothing; else those of the run. */
  readonly #connections: Connections;
  /** One for each client: connections are not shared, so that what differs between them can be seen. */
  readonly #pools: Agent[] = [];
  readonly #clients = new Map<string, Client>();
  readonly #seen: { [name: string]: Json } = {};
  readonly #background: Promise<number>[] = [];
  #deadline: number;
  /** What a table of examples has beyond that, in milliseconds: the time of as many cases, until something is not answered in time. */
  #more: number;
  readonly #case: Case;
  readonly #setting: RunSetting;
  /** What is known whatever the case sees: of the run, and of the case's example. */
  readonly #always: JsonObject;
  readonly #lasting: Lookup;

  constructor(testCase: Case, setting: RunSetting) {
    this.#case = testCase;
    this.#setting = setting;
    this.#deadline = performance.now() + setting.limits.caseMs;
    this.#more = setting.limits.caseMs * examplesIn(testCase);
    const { variables, connections } = setting;
    this.#connections = testCase.given === 'none' || !connections ? new Connections() : connections;
    this.#always = settledVariables(setting);
    const known = { ...variables, ...this.#always };
    this.#lasting = lookupIn(filledExample(testCase.example, known), lookupIn(variables));
  }

  async run(): Promise<void> {
    for (const [index, step] of this.#case.steps.entries()) {
      const name = step.client ?? 'a';
      const client = this.#clients.get(name) ?? (await this.#openClient(name));
      if (!client || performance.now() > this.#deadline + this.#more) return;
      const observation = await this.#make(client, step, index);
      if (!observation || unmetAssumption(step, observation, this.#lookup(client))) return;
    }
  }

  async close(): Promise<void> {
    for (const client of this.#clients.values()) await client.close();
    await Promise.all(this.#background);
    const { connections } = this.#setting;
    if (this.#connections !== connections) await this.#connections.close();
    else await Promise.all(this.#pools.map((pool) => connections.giveBack(pool)));
  }

  /** Makes one step; null when the case cannot go on. */
  async #make(client: Client, step: Step, index: number): Promise<Observation | null> {
    this.recorder.add({ kind: 'step', step: index });
    const sending = this.#sending(client, step, index);
    if (!sending) return null;
    const lookup = this.#lookup(client);
    const sent = client.send(sending);
    if (step.background) this.#background.push(sent);
    const observation = step.background ? {} : await this.#look(client, step, index, sent);
    const found = step.until ? await this.#heard(step.client ?? 'a', step.until, lookup) : undefined;
    if (step.name) {
      const message = sending.body ? parse(sending.body) : undefined;
      this.#seen[step.name] = {
        ...observation,
        ...(message === undefined ? {} : { sent: message }),
        ...(found === undefined ? {} : { found }),
      };
    }
    // what was heard on all streams takes a look at all of them
    if (!step.assume?.some(({ that }) => 'heard' in that)) return observation;
    return { ...observation, heard: heardBy(step.client ?? 'a', readExchanges(this.recorder.events)) };
  }

  /** Waits for a client to get a message that fits, and gives it; undefined when none came in time. */
  async #heard(client: string, schema: JsonObject, lookup: Lookup): Promise<Json | undefined> {
    const end = performance.now() + Math.min(this.#setting.limits.stepMs, HEARING_MS);
    for (;;) {
      const found = firstHeard(client, schema, readExchanges(this.recorder.events), lookup);
      if (found !== undefined || performance.now() > end) return found;
      await pause(LISTENING_MS);
    }
  }

  /** What is seen of a step that was sent, and of the same sent again until it shows what it is repeated for. */
  async #look(client: Client, step: Step, index: number, first: Promise<number>): Promise<Observation> {
    const end = performance.now() + this.#setting.limits.stepMs;
    let sent = first;
    for (;;) {
      const observation = this.#observe(await sent);
      if (isSeen(step.repeatUntil, observation, this.#lookup(client))) return observation;
      const next = pauseAfter(observation);
      const sending = performance.now() + next > end ? null : this.#sending(client, step, index);
      if (!sending) return observation;
      await pause(next);
      sent = client.send(sending);
    }
  }

  #sending(client: Client, step: Step, index: number): Sending | null {
    const lookup = this.#lookup(client);
    try {
      const body = bodyOf(step, client, lookup, this.#meta(step, lookup));
      const message = body ? parse(body) : undefined;
      return {
        step: index,
        method: 'http' in step ? String(fill(step.http.method, lookup)) : 'POST',
        ...('http' in step && step.http.url !== undefined ? { url: this.#elsewhere(step.http.url, lookup) } : {}),
        ...(body ? { body } : {}),
        awaits: message === undefined || step.await === false ? [] : awaitedIds(message),
        ...(step.headers
          ? { headers: fill({ ...step.headers } as JsonObject, lookup) as Sending['headers'] & object }
          : {}),
        ...(step.hold === undefined ? {} : { hold: step.hold }),
        ...('close' in step ? { closeInput: true } : {}),
        ...(step.cut === undefined ? {} : { cut: step.cut }),
        ...(step.keepOpen || ('http' in step && step.http.keepOpen) ? { keepOpen: true } : {}),
      };
    } catch (error) {
      if (error instanceof UnknownPlaceholder) return null;
      throw error;
    }
  }

  /** Another address of the target's origin; a case that leads elsewhere ends there, as if the address were not known. */
  #elsewhere(url: string, lookup: Lookup): string {
    const filled = String(fill(url, lookup));
    const { target } = this.#setting;
    if (URL.canParse(filled) && new URL(filled).origin === originOf(target)) return filled;
    throw new UnknownPlaceholder(url);
  }

  /** The `_meta` members of a step: those of every request of the revision, changed as the step says. */
  #meta(step: Step, lookup: Lookup): JsonObject {
    if (step.meta === false) return {};
    const changes = step.meta === undefined ? {} : fill(step.meta, lookup);
    const usual = 'request' in step || 'notify' in step || step.meta;
    return {
      ...(usual ? requestMeta(this.#setting.revision, this.#case.capabilities ?? {}) : {}),
      ...(isObject(changes) ? changes : {}),
    };
  }

  #lookup(client: Client): Lookup {
    const session = client.sessionId === null ? {} : { session: client.sessionId };
    return lookupIn(session, lookupIn(this.#always, lookupIn(this.#seen, this.#lasting)));
  }

  /** Opens the session that the case wants as given; null when the server does not let it. */
  async #openClient(name: string): Promise<Client | null> {
    const { target, limits, revision } = this.#setting;
    const pool = this.#connections.lend();
    this.#pools.push(pool);
    const client = connect(name, target, {
      pool,
      recorder: this.recorder,
      limits,
      revision,
      capabilities: this.#case.capabilities ?? {},
      answers: this.#case.answers ?? {},
      ...(this.#case.tasks ? { tasks: new PlayedTasks(this.#case.tasks) } : {}),
      tools: objectsIn(this.#setting.variables.tools),
    });
    this.#clients.set(name, client);
    if (this.#case.given === 'none' || factsOf(revision).era === 'stateless') return client;
    const start = performance.now();
    const opened = this.#observe(await openSession(client));
    // a server that takes its time to start does not take it from the case
    this.#deadline += performance.now() - start;
    if (!opened.result) return null;
    if (this.#case.given !== 'initialized') await confirmSession(client);
    return client;
  }

  #observe(id: number): Observation {
    const exchange = exchangeIn(this.recorder.events, id);
    if (exchange?.end?.how === 'timeout') this.#more = 0;
    return exchange ? observe(exchange) : {};
  }
}
