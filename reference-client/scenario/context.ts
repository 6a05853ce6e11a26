/** The data of a scenario, as it comes in MCP_CONFORMANCE_CONTEXT. */
import Type, { type Static, type TSchema } from 'typebox';
import Value from 'typebox/value';
import type { JsonObject } from '../../spec/messages.ts';
import { SUPPORTED_REVISIONS } from '../revisions.ts';
import { ACTION_SCHEMAS, type Action } from './action.ts';

const CLOSED = { additionalProperties: false };
const OBJECT = Type.Unsafe<JsonObject>({ type: 'object' });

/** How a server's request is answered: with this result, or with this JSON-RPC error. */
const ANSWER = Type.Union([
  Type.Object({ result: OBJECT }, CLOSED),
  Type.Object({ error: Type.Object({ code: Type.Integer(), message: Type.String() }, CLOSED) }, CLOSED),
]);

const CONTEXT = Type.Object(
  {
    /** The scenario's name again: the official suite puts it here. */
    name: Type.Optional(Type.String()),
    /** The revision to propose. */
    revision: Type.Optional(Type.Enum([...SUPPORTED_REVISIONS])),
    /** The time limit of requests that name none. */
    timeoutMs: Type.Optional(Type.Integer({ minimum: 1 })),
    /** A tool to be called after the scenario's own actions. */
    tool: Type.Optional(Type.Object({ name: Type.String(), arguments: Type.Optional(OBJECT) }, CLOSED)),
    /** What to do, in place of the scenario's own actions. */
    actions: Type.Optional(Type.Array(Type.Unknown())),
    /** The answers to the server's requests; for each one given, the capability is declared. */
    answers: Type.Optional(
      Type.Object(
        {
          'roots/list': Type.Optional(ANSWER),
          'sampling/createMessage': Type.Optional(ANSWER),
          'elicitation/create': Type.Optional(Type.Union([ANSWER, Type.Literal('accept-defaults')])),
        },
        CLOSED,
      ),
    ),
  },
  CLOSED,
);

/** The data of a scenario, checked. */
export type Context = Omit<Static<typeof CONTEXT>, 'actions'> & { actions?: Action[] };

/** The answer to one kind of server request. */
export type Answer = Static<typeof ANSWER>;

/** The context cannot be used; the message says what is wrong, where, and what to do. */
export class ContextError extends Error {}

/**
 * Reads a context.
 *
 * @param text the JSON text; undefined or empty when the scenario has no data
 * @throws ContextError when it is not JSON, has a key this client does not know, or a value it cannot use
 */
export function readContext(text: string | undefined): Context {
  if (text === undefined || text === '') return {};
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ContextError(`it is not JSON (${error instanceof Error ? error.message : error}); give a JSON object`);
  }
  const { actions, ...context } = checked(CONTEXT, json, '');
  if (!actions) return context;
  if (context.tool) throw new ContextError('it has both "tool" and "actions"; make the call one of the actions');
  return { ...context, actions: readActions(actions, '/actions') };
}

function readActions(actions: unknown[], where: string): Action[] {
  return actions.map((action, index) => readAction(action, `${where}/${index}`));
}

function readAction(json: unknown, where: string): Action {
  const { do: name } = checked(Type.Object({ do: Type.String() }), json, where);
  const schema = Object.entries(ACTION_SCHEMAS).find(([known]) => known === name)?.[1];
  if (!schema) {
    const known = Object.keys(ACTION_SCHEMAS).join(', ');
    throw new ContextError(`at ${where}/do: there is no action "${name}"; use one of ${known}`);
  }
  const action = checked(schema, json, where);
  return action.do === 'together' ? { ...action, actions: readActions(action.actions, `${where}/actions`) } : action;
}

function checked<T extends TSchema>(schema: T, json: unknown, where: string): Static<T> {
  if (Value.Check(schema, json)) return json;
  // One error says enough; the most telling comes last, after those of the branches of a union.
  const error = Value.Errors(schema, json).findLast(({ keyword }) => keyword !== 'boolean');
  const place = `${where}${error?.instancePath ?? ''}` || 'its top';
  if (error?.keyword === 'additionalProperties') {
    const unknown = error.params.additionalProperties.map((name) => `"${name}"`).join(', ');
    throw new ContextError(`at ${place}: the key ${unknown} is unknown; remove or correct it`);
  }
  const allowed = error?.keyword === 'enum' ? `: ${JSON.stringify(error.params.allowedValues)}` : '';
  throw new ContextError(`at ${place}: it ${error?.message ?? 'cannot be used'}${allowed}`);
}
