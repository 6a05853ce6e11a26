/** Reading what the server answers to a POST. */
import type { JsonRpcRequest } from '../spec/messages.ts';
import { newStreamPosition } from './event-stream.ts';
import type { HttpChannel } from './http-channel.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { isRequest, isResponse } from './messages.ts';
import { badMessage, done, excerpt, fail, type Outcome } from './results.ts';
import { follow } from './stream-following.ts';
import type { Delivery } from './transport.ts';

/** A request on its way. */
export type RequestDelivery = Delivery & { message: JsonRpcRequest };

export function isRequestDelivery(delivery: Delivery): delivery is RequestDelivery {
  return isRequest(delivery.message);
}

/**
 * Reads the answer to a request, in whichever of the two forms it comes, and hands on the messages in it.
 *
 * @returns a failure when the response was not in it and cannot come any more
 */
export async function readResponse(
  channel: HttpChannel,
  answer: HttpAnswer,
  delivery: RequestDelivery,
): Promise<Outcome<void>> {
  const contentType = answer.header('content-type');
  switch (channel.conduct.answerForm(contentType)) {
    case 'json':
      return readJson(channel, answer, delivery);
    case 'event-stream': {
      const { session, isAwaited } = delivery;
      return follow(channel, answer, { session, isAwaited, position: newStreamPosition(), flaw: undefined });
    }
    case 'other': {
      const text = await answer.text();
      const announced = contentType === undefined ? 'no content type' : `content type ${contentType}`;
      return badMessage(
        `the answer to ${delivery.message.method} (HTTP status ${answer.status}) has ${announced}, not JSON or an event stream`,
        text.ok ? text.value : '',
      );
    }
  }
}

async function readJson(
  channel: HttpChannel,
  answer: HttpAnswer,
  { message, session, isAwaited }: RequestDelivery,
): Promise<Outcome<void>> {
  const text = await answer.text();
  if (!text.ok) return text;
  const read = channel.read(text.value, session);
  if (!read.ok) return read;
  channel.deliver(read.value, session);
  return isAwaited() ? badMessage(`the answer to ${message.method} holds no response with its id`, text.value) : done;
}

/**
 * Reads an answer whose status is no success. When its body is the JSON-RPC error for the request, that is handed on;
 * otherwise the outcome is the `http` failure.
 */
export async function readRefusal(
  channel: HttpChannel,
  answer: HttpAnswer,
  delivery: Delivery,
): Promise<Outcome<void>> {
  const text = await answer.text();
  if (!text.ok) return text;
  const refusal = fail({ kind: 'http', status: answer.status, body: excerpt(text.value) });
  if (!isRequestDelivery(delivery) || channel.conduct.answerForm(answer.header('content-type')) !== 'json') {
    return refusal;
  }
  const read = channel.read(text.value, delivery.session);
  if (read.ok) channel.deliver(read.value.filter(isResponse), delivery.session);
  return delivery.isAwaited() ? refusal : done;
}
