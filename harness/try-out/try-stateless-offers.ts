import type { JsonObject } from '../../spec/messages.ts';
import { transportOf } from '../target/target.ts';
import { isObject, objectsIn } from '../wire/json-rpc.ts';
import { MOST, type StatelessTalk } from './stateless-talk.ts';

/** How long a subscription is listened to, in milliseconds. */
const LISTEN_MS = 600;
/** Most resources that are subscribed to one by one, and most templates that are filled in. */
export const MOST_ALONE = 4;

/** What a server has to read. */
export interface Resources {
  readonly uris: readonly string[];
  readonly templates: readonly string[];
}

/** Reads what is listed; gives the URIs and the templates. */
export async function tryResources(talk: StatelessTalk): Promise<Resources> {
  const listed = await talk.pages('resources/list', 'resources');
  const uris = listed.flatMap(({ uri }) => (typeof uri === 'string' ? [uri] : []));
  const templates = await talk.pages('resources/templates/list', 'resourceTemplates');
  await Promise.all(
    uris.slice(0, MOST).map((uri) =>
      talk.limit(async () => {
        talk.given.addAll((await talk.result('resources/read', { uri })).contents);
      }),
    ),
  );
  return {
    uris,
    templates: templates.flatMap(({ uriTemplate }) => (typeof uriTemplate === 'string' ? [uriTemplate] : [])),
  };
}

/** Completes every argument of prompts and templates from nothing. */
export async function tryCompletions(talk: StatelessTalk, templates: readonly string[]): Promise<void> {
  const ofPrompts = objectsIn(talk.setting.variables.prompts).flatMap(({ name = null, arguments: taken }) =>
    objectsIn(taken).map((argument) => ({ ref: { type: 'ref/prompt', name }, name: argument.name })),
  );
  const ofTemplates = templates.flatMap((uri) =>
    [...uri.matchAll(/\{[+#./;?&]?(\w+)/g)].map(([, name]) => ({ ref: { type: 'ref/resource', uri }, name })),
  );
  await Promise.all(
    [...ofPrompts, ...ofTemplates].slice(0, MOST).map(({ ref, name }) =>
      talk.limit(async () => {
        if (typeof name !== 'string') return;
        const { completion } = await talk.result('completion/complete', { ref, argument: { name, value: '' } });
        const values = isObject(completion) && Array.isArray(completion.values) ? completion.values : [];
        for (const value of values) talk.given.add(name, value);
      }),
    ),
  );
}

/** Gets a prompt; gives it with the arguments that it took, where it was given. */
export async function tryPrompt(
  talk: StatelessTalk,
  { name, arguments: taken }: JsonObject,
): Promise<JsonObject | null> {
  if (typeof name !== 'string') return null;
  const given = objectsIn(taken).map(({ name: argument }) => [
    String(argument),
    String(talk.given.get(String(argument))[0] ?? 'assay'),
  ]);
  const asked = { name, ...(given.length ? { arguments: Object.fromEntries(given) } : {}) };
  const { messages } = await talk.result('prompts/get', asked);
  return Array.isArray(messages) ? { arguments: {}, ...asked } : null;
}

/** Reads what a template of plain variables names, where the server gave values for them. */
export async function tryTemplate(talk: StatelessTalk, uriTemplate: string): Promise<void> {
  let unknown = false;
  const uri = uriTemplate.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const [value] = talk.given.get(name);
    unknown ||= value === undefined;
    return encodeURIComponent(String(value));
  });
  if (!unknown && !uri.includes('{')) await talk.ask('resources/read', { uri });
}

/** Listens to all there is, and to resources one by one: what else comes was not asked for. */
export async function tryListening(talk: StatelessTalk, uris: readonly string[]): Promise<void> {
  if (transportOf(talk.setting.target) === 'stdio') return;
  const lists = { toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true };
  await Promise.all(
    [
      { ...lists, resourceSubscriptions: [...uris.slice(0, MOST)] },
      ...uris.slice(0, MOST_ALONE).map((uri) => ({ resourceSubscriptions: [uri] })),
    ].map((notifications) => talk.ask('subscriptions/listen', { notifications }, {}, LISTEN_MS)),
  );
}
