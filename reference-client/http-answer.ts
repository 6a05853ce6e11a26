/** What an HTTP answer says, before its body is read. */
import type { HttpAnswer } from './http-exchange.ts';
import { excerpt, type Failure, fail, type Outcome } from './results.ts';

/** The form in which a server answers a request. */
export type AnswerForm = 'json' | 'event-stream' | 'other';

/**
 * The form a Content-Type announces. Media types are compared without case and without parameters (RFC 9110, 8.3.1).
 *
 * Source: basic/transports#sending-messages-to-the-server, item 5.
 */
export function answerForm(contentType: string | undefined): AnswerForm {
  switch (contentType?.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/json':
      return 'json';
    case 'text/event-stream':
      return 'event-stream';
    default:
      return 'other';
  }
}

/** Whether the status is a success (2xx). */
export function isSuccess(answer: HttpAnswer): boolean {
  return answer.status >= 200 && answer.status <= 299;
}

/** The `http` failure for an answer, with the beginning of its body. */
export async function httpFailure(answer: HttpAnswer): Promise<{ ok: false; failure: Failure }> {
  const text = await answer.text();
  return fail({ kind: 'http', status: answer.status, body: text.ok ? excerpt(text.value) : '' });
}

/** The `session-lost` failure; `accepted` says whether the server had taken the request before. */
export function sessionLost(answer: HttpAnswer, accepted: boolean): Outcome<never> {
  answer.discard();
  return fail({ kind: 'session-lost', accepted });
}
