import type { Json } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type Breach, condensed, judged, ruleAt, show } from './outcomes.ts';
import { type TargetMessage, targetMessages } from './target-messages.ts';

const REQUIRES = ['jsonrpc.error.code-message', 'jsonrpc.error.integer-code', 'jsonrpc.follows-2.0'] as const;
const [CODE_MESSAGE, INTEGER_CODE, FOLLOWS] = REQUIRES;

/** The error object of a response (JSON-RPC 2.0, section 5.1). */
export const jsonRpcErrors: Invariant = {
  id: 'invariant.jsonrpc.errors',
  title: 'an error has an integer code and a message',
  occasion: 'an error',
  requires: REQUIRES,
  judge: (view) =>
    conversationOf(view).exchanges.flatMap((exchange) => {
      const errors = targetMessages(exchange).flatMap(errorIn);
      const other = errors.flatMap(wrongTypes);
      const codes = errors.some(({ error }) => isObject(error) && 'code' in error);
      const complete = ruleAt(view.revision, CODE_MESSAGE, FOLLOWS);
      return condensed([
        ...judged(complete, exchange, errors.flatMap(missingMembers), errors.length > 0 && !other.length),
        ...judged(INTEGER_CODE, exchange, errors.flatMap(oddCode), codes),
        ...judged(FOLLOWS, exchange, other, false),
      ]);
    }),
};

interface FoundError {
  readonly error: Json;
  readonly path: string;
}

/** The error of a response; one that is null beside a result is judged where both are seen. */
function errorIn({ message: { value }, path }: TargetMessage): FoundError[] {
  if (!isObject(value) || value.error === undefined || (value.error === null && 'result' in value)) return [];
  return [{ error: value.error, path: `${path}.error` }];
}

function missingMembers({ error, path }: FoundError): Breach[] {
  if (!isObject(error)) return [];
  return ['code', 'message']
    .filter((member) => !(member in error))
    .map((member) => ({ message: `an error must have a ${member}`, path, actual: error }));
}

function oddCode({ error, path }: FoundError): Breach[] {
  const code = isObject(error) ? error.code : undefined;
  if (code === undefined || Number.isInteger(code)) return [];
  return [{ message: `an error code must be an integer, was ${show(code)}`, path: `${path}.code`, actual: code }];
}

function wrongTypes({ error, path }: FoundError): Breach[] {
  if (!isObject(error)) return [{ message: `an error must be an object, was ${show(error)}`, path, actual: error }];
  const { message } = error;
  if (message === undefined || typeof message === 'string') return [];
  const says = `the message of an error must be a string, was ${show(message)}`;
  return [{ message: says, path: `${path}.message`, actual: message }];
}
