import pLimit from 'p-limit';
import type { JsonObject } from '../../spec/messages.ts';
import { observe } from '../judge/observation.ts';
import type { RunSetting } from '../run/run-setting.ts';
import { connect } from '../session/open-session.ts';
import { requestMeta, withMeta } from '../session/request-metadata.ts';
import { transportOf } from '../target/target.ts';
import { type Exchange, exchangeIn } from '../trace/exchange.ts';
import { Recorder } from '../trace/trace.ts';
import { openPool } from '../transport/pool.ts';
import { isObject, objectsIn } from '../wire/json-rpc.ts';
import { GivenValues } from './values.ts';

/** What the harness says it can be asked for while it tries things out. */
const CAPABILITIES: JsonObject = { elicitation: { form: {}, url: {} }, sampling: { tools: {} }, roots: {} };
/** Most items of each kind that are tried. */
export const MOST = 10;

/** A client without a handshake that tries things out. */
export class StatelessTalk {
  readonly recorder = new Recorder();
  /** Values that the server gave. */
  readonly given = new GivenValues();
  readonly setting: RunSetting;
  /** Lets so much be under way at a time as can be told apart. */
  readonly limit;
  readonly #pool = openPool();
  readonly #client;
  readonly #deadline: number;

  constructor(setting: RunSetting) {
    const { target, limits, revision, variables } = setting;
    this.setting = setting;
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
    this.limit = pLimit(transportOf(target) === 'stdio' ? 1 : 4);
  }

  /** Sends a request; gives what came of it, or nothing once the time is up. With `hold` it listens so many milliseconds. */
  async ask(method: string, params: JsonObject, meta: JsonObject = {}, hold?: number): Promise<Exchange | undefined> {
    if (performance.now() > this.#deadline) return undefined;
    const id = this.#client.nextId();
    const own = { ...requestMeta(this.setting.revision, CAPABILITIES), ...meta };
    const body = Buffer.from(JSON.stringify(withMeta({ jsonrpc: '2.0', id, method, params }, own)));
    const waits = hold === undefined ? { awaits: [id] } : { hold };
    const number = await this.#client.send({ step: null, method: 'POST', body, ...waits });
    return exchangeIn(this.recorder.events, number);
  }

  /** Sends a request; gives its result, or one without members. */
  async result(method: string, params: JsonObject): Promise<JsonObject> {
    const exchange = await this.ask(method, params);
    const result = exchange ? observe(exchange).result : undefined;
    return isObject(result) ? result : {};
  }

  /** All that a list method gives, page by page, as far as it is objects. */
  async pages(method: string, member: string): Promise<JsonObject[]> {
    const items: JsonObject[] = [];
    let params: JsonObject = {};
    for (let page = 0; page < MOST; page += 1) {
      const { [member]: listed, nextCursor } = await this.result(method, params);
      items.push(...objectsIn(listed));
      if (typeof nextCursor !== 'string') break;
      params = { cursor: nextCursor };
    }
    return items;
  }

  async close(): Promise<void> {
    await this.#client.close();
    await this.#pool.destroy();
  }
}
