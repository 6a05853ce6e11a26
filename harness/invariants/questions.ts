import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Asked, askedIn } from './asked.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { declares } from './negotiated.ts';
import { type Breach, condensed, judged, show } from './outcomes.ts';

const REQUIRES = [
  'elicit.params',
  'elicit.form-params',
  'elicit.mode-omit',
  'elicit.url-params',
  'elicit.url-valid',
  'elicit.url.https',
  'elicit.form.no-urls',
  'sampling.include-context-avoid',
  'sampling.include-context-only-if-declared',
  'roots.server.check-capability',
] as const;
const [PARAMS, FORM, MODE_OMIT, URL_PARAMS, URL_VALID, HTTPS, NO_URLS, CONTEXT, CONTEXT_DECLARED, ROOTS] = REQUIRES;

/** What a server's questions to its client look like (elicitation, sampling, roots). */
export const questions: Invariant = {
  id: 'invariant.ask.params',
  title: 'the questions of the server have what their kind demands, and suit what the client declared',
  occasion: 'a question of the server to the client',
  requires: REQUIRES,
  judge: (view) => askedIn(view).flatMap((asked) => condensed(asked.flatMap((one) => judgeOne(one, view)))),
};

function judgeOne({ method, params, declared, exchange, path }: Asked, view: TraceView): Outcome[] {
  const say: Say = (rule, faults, occasion = true) =>
    judged(
      rule,
      exchange,
      faults.map(({ member, ...fault }) => ({ ...fault, path: `${path}${member ? `.${member}` : ''}` })),
      occasion,
    );
  if (method === 'roots/list') return declares(declared, 'roots') ? say(ROOTS, []) : say(ROOTS, [NO_ROOTS]);
  if (view.revision < '2025-11-25') return [];
  if (method === 'sampling/createMessage') return context(params, declared, say);
  if (method !== 'elicitation/create') return [];
  return [
    ...say(PARAMS, missing(params, { message: 'string' }, 'an elicitation')),
    ...(params.mode === 'url' ? byUrl(params, view.facts.era === 'stateful', say) : byForm(params, say)),
  ];
}

interface Fault {
  readonly message: string;
  readonly member?: string;
  readonly actual?: Json;
  readonly atMost?: Breach['atMost'] & string;
}

type Say = (rule: string, faults: readonly Fault[], occasion?: boolean) => Outcome[];

const NO_ROOTS: Fault = { message: 'the server asks a client for roots that has not declared any' };

function missing(params: JsonObject, members: { readonly [name: string]: 'string' | 'object' }, what: string): Fault[] {
  return Object.entries(members).flatMap(([member, type]) => {
    const value = params[member];
    if (type === 'object' ? isObject(value) : typeof value === type) return [];
    const message = `${what} must have ${member}, ${type === 'object' ? 'an' : 'a'} ${type}; it has ${show(value)}`;
    return [{ message, member, ...(value === undefined ? {} : { actual: value }) }];
  });
}

function byForm(params: JsonObject, say: Say): Outcome[] {
  const { mode } = params;
  const odd =
    mode === undefined || mode === 'form'
      ? []
      : [{ message: `the mode of a form elicitation must be "form", was ${show(mode)}`, member: 'mode', actual: mode }];
  const properties = isObject(params.requestedSchema) ? params.requestedSchema.properties : undefined;
  const linked = isObject(properties) ? Object.entries(properties).filter(([, field]) => holdsUrl(field)) : [];
  return [
    ...say(FORM, [...odd, ...missing(params, { requestedSchema: 'object' }, 'a form elicitation')]),
    ...say(MODE_OMIT, [], mode === undefined),
    ...say(
      NO_URLS,
      linked.map(([name]) => ({
        message: `the field ${show(name)} of a form holds a URL for the user`,
        member: `requestedSchema.properties.${name}`,
      })),
    ),
  ];
}

/** Whether what the user reads of a field has a web address. */
function holdsUrl(field: Json): boolean {
  if (!isObject(field)) return false;
  return [field.title, field.description].some((text) => typeof text === 'string' && /https?:\/\/\S/i.test(text));
}

/** Only a session has elicitations that can be named again. */
function byUrl(params: JsonObject, named: boolean, say: Say): Outcome[] {
  const { url } = params;
  const what = 'an elicitation by URL';
  const faults = [
    ...missing(params, { url: 'string' }, what),
    ...(named ? missing(params, { elicitationId: 'string' }, what) : []),
  ];
  if (typeof url !== 'string') return say(URL_PARAMS, faults);
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const invalid: Fault[] = parsed
    ? []
    : [{ message: `an elicitation sends the user to ${show(url)}, which is no URL`, member: 'url', actual: url }];
  const plain: Fault[] =
    parsed?.protocol === 'http:' && !isLocal(parsed.hostname)
      ? [{ message: `an elicitation sends the user to ${show(url)}, not by https`, member: 'url', actual: url }]
      : [];
  return [...say(URL_PARAMS, faults), ...say(URL_VALID, invalid), ...say(HTTPS, plain, parsed?.protocol === 'https:')];
}

/** An address of this machine is for development, where http will do. */
function isLocal(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host.startsWith('127.');
}

function context({ includeContext }: JsonObject, declared: JsonObject, say: Say): Outcome[] {
  if (includeContext === undefined) return [];
  const soft = includeContext === 'thisServer' || includeContext === 'allServers';
  const message = `a sampling request has includeContext ${show(includeContext)}`;
  const fault: Fault[] = soft ? [{ message, member: 'includeContext', actual: includeContext }] : [];
  return [...say(CONTEXT, fault), ...say(CONTEXT_DECLARED, declares(declared, 'sampling.context') ? [] : fault)];
}
