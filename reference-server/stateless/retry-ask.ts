import type { JsonObject, JsonRpcRequest } from '../../spec/messages.ts';
import { type Ask, ClientFailed, InputRequired, type Question } from '../client/ask.ts';
import { ErrorCode, ProtocolError } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import type { Revision } from '../revisions.ts';
import type { Steps } from '../steps.ts';
import type { Redeemed } from './redeemed.ts';

/** The requests that can be answered with questions (2026-07-28, basic/patterns/mrtr, "Supported Requests"). */
const MAY_ASK: readonly string[] = ['tools/call', 'prompts/get', 'resources/read'];

/** How long a client has to answer, in milliseconds. */
const STATE_LIFETIME = 10 * 60_000;

/** What asking by way of a retry needs. */
export interface RetryAsking {
  request: JsonRpcRequest;
  revision: Revision;
  capabilities: JsonObject;
  /** What states are sealed with. */
  key: Buffer;
  /** The states that have served and were to serve once. */
  redeemed: Redeemed;
  steps: Pick<Steps, 'asking' | 'mrtr'>;
}

/**
 * Asks by answering the request with the questions, and finds the answers in the request when it comes again (2026-07-28,
 * basic/patterns/mrtr). What was answered in earlier rounds comes back in the sealed state.
 *
 * @throws ProtocolError -32602 when the answers or the state that came are not valid
 */
export function askByRetry({ request, revision, capabilities, key, redeemed, steps }: RetryAsking): Ask {
  const { asking, mrtr } = steps;
  if (!MAY_ASK.includes(request.method)) {
    return () => Promise.reject(new ClientFailed(`Nothing can be asked while "${request.method}" is answered.`));
  }
  const answers = answersIn(request, key, mrtr);
  const given = request.params?.requestState;
  return async (questions, { once = false } = {}) => {
    const names = Object.keys(questions) as (keyof typeof questions)[];
    const missing: [string, Question][] = [];
    const found = new Map<string, JsonObject>();
    for (const name of names) {
      const question = questions[name];
      requireCapability(question, capabilities, revision, asking);
      // what serves once is asked by the server before it is answered
      const known = Object.hasOwn(answers, name) && !(once && given === undefined);
      const answer = known ? answers[String(name)] : undefined;
      if (answer === undefined) missing.push([String(name), question]);
      else found.set(String(name), checked(question, answer, asking));
    }
    if (missing.length === 0) {
      const now = Date.now();
      if (once && !mrtr.redeem(redeemed, String(given), now + STATE_LIFETIME, now)) {
        throw new ProtocolError(ErrorCode.invalidParams, '"requestState" serves once, and it has.');
      }
      return Object.fromEntries(found) as Record<keyof typeof questions, JsonObject>;
    }
    const fitting = missing.map(([name, question]) => [name, asking.questionFor(question, revision)] as const);
    const state = {
      answers: { ...answers, ...Object.fromEntries(found) },
      request: mrtr.requestDigest(request),
      expires: Date.now() + STATE_LIFETIME,
    };
    throw new InputRequired(mrtr.inputRequired(Object.fromEntries(fitting), mrtr.sealState(key, state)));
  };
}

/** The result that asks (2026-07-28, schema, `InputRequiredResult`). */
export function inputRequired(questions: Readonly<Record<string, Question>>, requestState: string): JsonObject {
  const inputRequests = Object.entries(questions).map(([name, { method, params }]) => [name, { method, params }]);
  return { resultType: 'input_required', inputRequests: Object.fromEntries(inputRequests), requestState };
}

/** Whether a state that was opened may be used: it was made for this request, and not too long ago. */
export function isStateGood(state: { request: string; expires: number }, request: string, now: number): boolean {
  return state.request === request && state.expires > now;
}

function answersIn(request: JsonRpcRequest, key: Buffer, mrtr: Steps['mrtr']): JsonObject {
  const { inputResponses, requestState } = request.params ?? {};
  if (inputResponses !== undefined && !isObject(inputResponses)) {
    throw new ProtocolError(ErrorCode.invalidParams, '"inputResponses" must be an object.');
  }
  if (requestState === undefined) return inputResponses ?? {};
  const state = typeof requestState === 'string' ? mrtr.openState(key, requestState) : undefined;
  if (state === undefined || !mrtr.isStateGood(state, mrtr.requestDigest(request), Date.now())) {
    throw new ProtocolError(
      ErrorCode.invalidParams,
      '"requestState" is not one of this request, or too old; send the request again without it.',
    );
  }
  return { ...state.answers, ...inputResponses };
}

function requireCapability(
  question: Question,
  capabilities: JsonObject,
  revision: Revision,
  asking: Steps['asking'],
): void {
  if (asking.canBeAsked(question, capabilities, revision)) return;
  throw new ProtocolError(ErrorCode.missingClientCapability, `This needs a client that answers "${question.method}".`, {
    requiredCapabilities: asking.capabilitiesNeeded(question),
  });
}

function checked(question: Question, answer: JsonObject[string], asking: Steps['asking']): JsonObject {
  const problems = asking.checkAnswer(question, answer);
  if (problems.length > 0) throw new ProtocolError(ErrorCode.invalidParams, problems.join(' '));
  return isObject(answer) ? answer : {};
}
