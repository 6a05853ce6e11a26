import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Transport } from '../../spec/revisions.ts';
import type { Tried } from '../stimuli/found-by-trying.ts';
import { transportOf } from '../target/target.ts';
import type { ReceivedMessage } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { openTalk, type Stage, type Talk } from './talk.ts';

/** How long to listen after the response of a tool that reported progress, in milliseconds. */
const LISTEN_ON_MS = 700;
/** How long to listen after any other response: a copy of what was said may be on its way on the other stream. */
const A_MOMENT_MS = 60;

/** Calls a tool in a session of its own; null when there is none to be had or the time is up. */
export async function tryTool(client: string, name: string, args: JsonObject, stage: Stage): Promise<Tried | null> {
  const talk = await openTalk(client, stage);
  if (!talk) return null;
  try {
    await talk.listen();
    if (declares(stage, 'logging')) await talk.ask('logging/setLevel', { level: 'debug' });
    const tried = await call(talk, name, args, transportOf(stage.target));
    // what comes on another stream, or too late, is heard only by who still listens
    const wait = tried?.progress ? LISTEN_ON_MS : tried && talk.session ? A_MOMENT_MS : 0;
    if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
    return tried;
  } finally {
    await talk.close();
  }
}

async function call(talk: Talk, name: string, args: JsonObject, transport: Transport): Promise<Tried | null> {
  const before = talk.heard().length;
  const asked = await talk.ask('tools/call', { name, arguments: args, _meta: { progressToken: `assay-${name}` } });
  if (!asked) return null;
  const { exchange, result, error } = asked;
  const heard = talk.heard().slice(before);
  const count = (method: string) => heard.filter(({ value }) => isObject(value) && value.method === method).length;
  const answered = exchange.payload.messages.find(
    ({ value }) => isObject(value) && ('result' in value || 'error' in value),
  );
  const content = isObject(result) && Array.isArray(result.content) ? result.content.filter(isObject) : [];
  return {
    name,
    arguments: args,
    answer: isObject(result) ? (result.isError ? 'failure' : 'result') : error === undefined ? 'none' : 'error',
    code: isObject(error) ? error.code : undefined,
    ms: Math.round((answered?.at ?? exchange.end?.at ?? exchange.startedAt) - exchange.startedAt),
    progress: count('notifications/progress'),
    logs: count('notifications/message'),
    asked: questionsIn(heard),
    elsewhere:
      transport === 'streamable-http' && questionsIn(heard).length > questionsIn(exchange.payload.messages).length,
    lent: heard.some(({ value }) => isObject(value) && isObject(value.params) && lendsTools(value.params)),
    content: [...new Set(content.map(({ type }) => String(type)))],
    said: isObject(result) ? [result.structuredContent ?? null, ...content] : [],
  };
}

/** The methods by which a server asks its client something. */
function questionsIn(messages: readonly ReceivedMessage[]): string[] {
  const methods = messages.flatMap(({ envelope }) => (envelope.kind === 'request' ? [envelope.method] : []));
  return methods.filter((method) => method !== 'ping');
}

/** Whether a sampling request lends the client's model tools. */
export function lendsTools({ tools }: JsonObject): boolean {
  return Array.isArray(tools) && tools.length > 0;
}

/** Whether the server declared a capability. */
export function declares({ variables: { server } }: Stage, ...path: readonly string[]): boolean {
  let value: Json | undefined = isObject(server) ? server.capabilities : undefined;
  for (const part of path) value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  return value !== undefined && value !== false && value !== null;
}
