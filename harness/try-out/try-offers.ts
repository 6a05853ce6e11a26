import type { Json, JsonObject } from '../../spec/messages.ts';
import { factsOf } from '../../spec/revisions.ts';
import { transportOf } from '../target/target.ts';
import { isObject, objectsIn } from '../wire/json-rpc.ts';
import type { Stage, Talk } from './talk.ts';
import { declares } from './try-tool.ts';
import { GivenValues } from './values.ts';

const MOST_RESOURCES = 12;
const MOST_TEMPLATES = 4;
const MOST_PROMPTS = 8;
const MOST_PAGES = 10;
const MOST_SUBSCRIPTIONS = 5;
/** How long to listen for updates of resources, in milliseconds. */
const LISTEN_MS = 700;

/** The levels of a log (RFC 5424), from the least urgent on. */
const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

/**
 * Makes use of what a server lists and what changes nothing: reads resources, fills in templates and prompts, completes their
 * arguments. What comes of it, invariants judge.
 *
 * @param given gets the values that prompts gave, and then those of resources
 * @returns the URIs of the resources that were listed
 */
export async function tryOffers(talk: Talk, stage: Stage, given: GivenValues): Promise<string[]> {
  const [byPrompts, byResources] = [new GivenValues(), new GivenValues()];
  const prompts = declares(stage, 'prompts') ? tryPrompts(talk, stage, byPrompts) : undefined;
  // over other transports only the order of what comes says what belongs to which request
  if (transportOf(stage.target) !== 'streamable-http') await prompts;
  const resources = declares(stage, 'resources') ? tryResources(talk, stage, byResources) : [];
  const [uris] = await Promise.all([resources, prompts]);
  given.addFrom(byPrompts);
  given.addFrom(byResources);
  return uris;
}

async function tryPrompts(talk: Talk, stage: Stage, given: GivenValues): Promise<void> {
  const prompts = await listAll(talk, 'prompts/list', 'prompts');
  const completes = declares(stage, 'completions');
  for (const prompt of prompts.slice(0, MOST_PROMPTS)) await tryPrompt(talk, prompt, completes, given);
}

/** Subscribes to resources and waits for what is told of them, and sets each level of the log. */
export async function watchOffers(talk: Talk, stage: Stage, uris: readonly string[]): Promise<void> {
  if (factsOf(stage.revision).era !== 'stateful') return;
  if (declares(stage, 'resources', 'subscribe')) await watchResources(talk, uris.slice(0, MOST_SUBSCRIPTIONS));
  if (!declares(stage, 'logging')) return;
  for (const level of LEVELS) await talk.ask('logging/setLevel', { level });
}

async function tryPrompt(talk: Talk, prompt: JsonObject, completes: boolean, given: GivenValues): Promise<void> {
  const { name } = prompt;
  if (typeof name !== 'string') return;
  const filled: { [name: string]: string } = {};
  for (const argument of objectsIn(prompt.arguments)) {
    if (typeof argument.name !== 'string') continue;
    const values = completes ? await complete(talk, { type: 'ref/prompt', name }, argument.name, given) : [];
    filled[argument.name] = values[0] ?? String(given.get(argument.name)[0] ?? 'assay');
  }
  await talk.ask('prompts/get', { name, ...(Object.keys(filled).length ? { arguments: filled } : {}) });
}

async function tryResources(talk: Talk, stage: Stage, given: GivenValues): Promise<string[]> {
  const resources = await listAll(talk, 'resources/list', 'resources');
  const uris = resources.flatMap(({ uri }) => (typeof uri === 'string' ? [uri] : []));
  for (const uri of uris.slice(0, MOST_RESOURCES)) {
    const asked = await talk.ask('resources/read', { uri });
    if (isObject(asked?.result)) given.addAll(asked.result.contents);
  }
  const templates = await listAll(talk, 'resources/templates/list', 'resourceTemplates');
  for (const { uriTemplate } of templates.slice(0, MOST_TEMPLATES)) {
    if (typeof uriTemplate === 'string') await tryTemplate(talk, uriTemplate, declares(stage, 'completions'), given);
  }
  return uris;
}

async function watchResources(talk: Talk, watched: readonly string[]): Promise<void> {
  for (const uri of watched) await talk.ask('resources/subscribe', { uri });
  if (watched.length) await new Promise((resolve) => setTimeout(resolve, LISTEN_MS));
  for (const uri of watched) await talk.ask('resources/unsubscribe', { uri });
  // updates that go on are heard only by who still listens
  if (talk.heard().some(({ value }) => isObject(value) && value.method === 'notifications/resources/updated'))
    await new Promise((resolve) => setTimeout(resolve, LISTEN_MS));
}

/** Reads what a template of plain variables names; others are only completed. */
async function tryTemplate(talk: Talk, uriTemplate: string, completes: boolean, given: GivenValues): Promise<void> {
  let uri = uriTemplate;
  for (const [whole, name = ''] of uriTemplate.matchAll(/\{([A-Za-z0-9_]+)\}/g)) {
    const values = completes ? await complete(talk, { type: 'ref/resource', uri: uriTemplate }, name, given) : [];
    uri = uri.replace(whole, encodeURIComponent(String(values[0] ?? given.get(name)[0] ?? 'assay')));
  }
  if (!uri.includes('{')) await talk.ask('resources/read', { uri });
}

async function complete(talk: Talk, ref: JsonObject, name: string, given: GivenValues): Promise<string[]> {
  const asked = await talk.ask('completion/complete', { ref, argument: { name, value: '' } });
  const completion = isObject(asked?.result) ? asked.result.completion : undefined;
  const values = isObject(completion) && Array.isArray(completion.values) ? completion.values : [];
  for (const value of values) given.add(name, value);
  return values.filter((value) => typeof value === 'string');
}

/** All that a list method gives, page by page, as far as it is objects. */
export async function listAll(talk: Talk, method: string, member: string): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  let cursor: Json | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const asked = await talk.ask(method, typeof cursor === 'string' ? { cursor } : undefined);
    if (!isObject(asked?.result)) break;
    items.push(...objectsIn(asked.result[member]));
    cursor = asked.result.nextCursor;
    if (typeof cursor !== 'string' || cursor === '') break;
  }
  return items;
}
