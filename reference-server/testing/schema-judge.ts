import type {
  JsonObject,
  JsonRpcMessage,
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
} from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import { compileMessageSchemas, envelopeDefinitions, messageDefinitions } from '../../spec/schema/index.ts';
import { isObject } from '../envelope/message.ts';
import type { Seams } from '../index.ts';

/**
 * Holds every message that a server sends against the message schemas of a revision. It listens at the seams of the server:
 * what is decoded tells which method a response answers, what is encoded is judged.
 */
export class SchemaJudge {
  readonly problems: string[] = [];
  /** How many messages have been judged, by method or by the method they answer. */
  readonly judged = new Map<string, number>();
  readonly #revision: Revision;
  readonly #asked = new Map<string, JsonObject>();

  constructor(revision: Revision) {
    this.#revision = revision;
  }

  readonly seams: Seams = ({ envelope }) => ({
    envelope: {
      decode: (bytes, revision) => {
        const decoded = envelope.decode(bytes, revision);
        const incoming = decoded.kind === 'one' ? [decoded.incoming] : decoded.kind === 'batch' ? decoded.incoming : [];
        for (const one of incoming) {
          if (one.kind === 'request') this.#asked.set(JSON.stringify(one.message.id), { ...one.message });
        }
        return decoded;
      },
      encode: (messages) => {
        const text = envelope.encode(messages);
        for (const message of [messages].flat()) this.#judge(JSON.parse(JSON.stringify(message)));
        return text;
      },
    },
  });

  #judge(message: JsonRpcMessage): void {
    if ('method' in message) this.#judgeCall(message);
    else this.#judgeResponse(message);
  }

  #judgeCall(message: JsonRpcRequest | JsonRpcNotification): void {
    const { request, notification } = envelopeDefinitions(this.#revision);
    const { method } = message;
    this.#check('id' in message ? request : notification, message, method);
    const definition = messageDefinitions(this.#revision).get(method);
    if (definition !== undefined) this.#check(definition.message, message, method);
    else if (!EXTENSION.test(method)) this.problems.push(`${method} is no message of ${this.#revision}`);
  }

  #judgeResponse(message: JsonRpcResponse): void {
    const { result, error } = envelopeDefinitions(this.#revision);
    const asked = this.#asked.get(JSON.stringify(message.id ?? null));
    const label = `the response to ${String(asked?.method)}`;
    this.#check('error' in message ? error : result, message, label);
    if ('error' in message || asked === undefined || message.result.resultType === 'task') return;
    const name = this.#resultDefinition(asked, message.result);
    if (name !== undefined) this.#check(name, message.result, label);
  }

  /** The definition of a result; undefined for the methods that the core schema does not know. */
  #resultDefinition(asked: JsonObject, { resultType }: JsonObject): string | undefined {
    const definition = messageDefinitions(this.#revision).get(String(asked.method));
    if (definition?.kind !== 'request') return undefined;
    if (resultType === 'input_required') return definition.resultWhenInputRequired ?? 'no result of this type';
    const asTask = isObject(asked.params) && asked.params.task !== undefined;
    return asTask ? (definition.resultWhenTask ?? definition.result) : definition.result;
  }

  #check(definition: string, value: unknown, label: string): void {
    this.judged.set(label, (this.judged.get(label) ?? 0) + 1);
    const validate = compileMessageSchemas(this.#revision)(definition);
    if (validate(value)) return;
    const [first] = validate.errors ?? [];
    this.problems.push(
      `${label} is no ${definition}: ${first?.instancePath} ${first?.message}: ${JSON.stringify(value)}`,
    );
  }
}

/** The messages of the tasks extension, which the core schema does not know. */
const EXTENSION = /^notifications\/tasks$/;
