import type { Json, JsonObject } from '../../spec/messages.ts';

/** What one call of a tool with valid arguments showed. */
export interface Tried {
  readonly name: string;
  readonly arguments: JsonObject;
  /** A result, a result that says that the tool failed, a JSON-RPC error, or nothing. */
  readonly answer: 'result' | 'failure' | 'error' | 'none';
  /** The code of the JSON-RPC error. */
  readonly code: Json | undefined;
  /** Milliseconds until the response. */
  readonly ms: number;
  /** How many notifications of progress, and how many messages for the log, came meanwhile. */
  readonly progress: number;
  readonly logs: number;
  /** The methods by which the server asked its client something; `elicitation/create by url` where it names an address. */
  readonly asked: readonly string[];
  /** Whether it asked one thing and gave a state to come back with. */
  readonly stated?: boolean;
  /** Whether it asked where only clients hear it that listen to more than the answer. */
  readonly elsewhere?: boolean;
  /** Whether the server lent its client's model tools. */
  readonly lent?: boolean;
  /** The types of the content that came. */
  readonly content: readonly string[];
  /** What the result held: its structured content, and its blocks. */
  readonly said: readonly Json[];
  /** The answers to what it asked with which it worked. */
  readonly answers?: JsonObject;
  /** The same with forms filled in so that they do not fit, where it asked by one. */
  readonly misfits?: JsonObject;
  /** Marked answers to what it asked first, and those to what it asked then. */
  readonly interview?: { readonly inputResponses: JsonObject; readonly next: JsonObject };
}

/** A call that takes at least so long can be met on its way, and one that takes longer than the other would hold cases up. */
export const SLOW_MS = 700;
const TOO_SLOW_MS = 3_500;
/** So often must progress be reported that it can be seen to stop. */
export const STEPS = 4;

/** The stimuli that tools turned out to be when they were tried. */
export function foundByTrying(tried: readonly Tried[]): { readonly [stimulus: string]: JsonObject | null } {
  const worked = tried.filter(({ answer, ms }) => answer === 'result' && ms < TOO_SLOW_MS);
  const first = (is: (one: Tried) => boolean, among: readonly Tried[] = worked): JsonObject | null => {
    const found = among.find(is);
    return found ? { name: found.name, arguments: found.arguments } : null;
  };
  const slowest = [...worked].sort((a, b) => b.ms - a.ms);
  const gives = (type: string) => first(({ content }) => content.includes(type));
  // cases listen to the answer alone: a tool that asks elsewhere would hold each of them up
  const asking = tried
    .filter(({ elsewhere }) => !elsewhere)
    .sort((a, b) => Number(b.stated ?? false) - Number(a.stated ?? false));
  const asks = (method: string) => first(({ asked }) => asked.includes(method), asking);
  const answerable = tried.flatMap(({ name, arguments: args, answers, misfits }) =>
    answers ? [{ call: { name, arguments: args, inputResponses: answers }, misfits }] : [],
  );
  const form = answerable.find(({ misfits }) => misfits);
  const interview = tried.find((one) => one.interview);
  return {
    'slow-tool': first(({ ms, asked }) => ms >= SLOW_MS && !asked.length, slowest),
    'progressing-tool': first(({ progress }) => progress > 1) ?? first(({ progress }) => progress > 0),
    'slowly-progressing-tool': first(({ progress, ms }) => progress >= STEPS && ms >= SLOW_MS, slowest),
    'logging-tool': first(({ logs }) => logs > 0),
    'sampling-tool': asks('sampling/createMessage'),
    'tool-sampling-tool': first(({ lent }) => lent === true, asking),
    'eliciting-tool': asks('elicitation/create'),
    'url-eliciting-tool': asks('elicitation/create by url'),
    'answerable-tool': answerable[0]?.call ?? null,
    'other-answerable-tool': answerable.find(({ call }) => call.name !== answerable[0]?.call.name)?.call ?? null,
    'form-tool': form?.misfits ? { ...form.call, misfits: form.misfits } : null,
    'interviewing-tool': interview?.interview
      ? { name: interview.name, arguments: interview.arguments, ...interview.interview }
      : null,
    'roots-tool': asks('roots/list'),
    'image-tool': gives('image'),
    'audio-tool': gives('audio'),
    'embedding-tool': gives('resource'),
    'linking-tool': gives('resource_link'),
    'mixed-tool': first(({ content }) => content.length > 1),
    'failing-tool': first(
      ({ answer, code }) => answer === 'failure' || (answer === 'error' && isOwnFailure(code)),
      tried,
    ),
  };
}

/** Tools that worked and were quick, then those that worked, then those that were not tried, then the rest. */
export function worksFirst(tools: readonly JsonObject[], tried: readonly Tried[]): JsonObject[] {
  const rank = ({ name }: JsonObject): number => {
    const mine = tried.filter((one) => one.name === name);
    if (mine.some(({ answer, ms, asked }) => answer === 'result' && ms < SLOW_MS && !asked.length)) return 0;
    if (mine.some(({ answer }) => answer === 'result')) return 1;
    return mine.length ? 3 : 2;
  };
  return [...tools].sort((a, b) => rank(a) - rank(b));
}

/** An error by which a tool itself may have failed: not one that says that the call was wrong, or the tool unknown. */
function isOwnFailure(code: Json | undefined): boolean {
  return ![-32_602, -32_601, -32_600, -32_020, -32_021, -32_022].some((one) => one === code);
}
