import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject, objectsIn } from '../wire/json-rpc.ts';
import { modernCall } from './dialect-calls.ts';
import { foundByTrying, type Tried, worksFirst } from './found-by-trying.ts';
import { mirroredAccented, mirroredCall, mirroredInteger, mirroredOptional } from './mirrored-calls.ts';
import { isHarmlessFixture } from './official-fixtures.ts';
import {
  brokenCall,
  callableTools,
  incompleteCall,
  mayCall,
  outOfRangeCall,
  undemandingCall,
  validCall,
} from './tool-calls.ts';
import { WELL_KNOWN_PROMPTS, WELL_KNOWN_TOOLS, type WellKnown } from './well-known.ts';

/** Which tools of a target may be called with valid arguments. */
export type CallPolicy = 'none' | 'read-only' | 'all' | readonly string[];

/** What was found to try a target with, by the name that cases ask for. */
export type Stimuli = { readonly [name: string]: Json };

/**
 * Finds what there is to try a target with. What the user's configuration names comes first, then what the target shows:
 * `tool`, a tool that may be called with arguments that fit its schema; `refusable-tool`, the same with arguments that break
 * the schema in one place, by its type; `modern-schema-tool`, the same by a key word of JSON Schema 2020-12; `undemanding-tool`, one that requires none; `incomplete-tool` and `out-of-range-tool`,
 * the same by what is left out or beyond limits; `structured-tool`, `task-tool`, `optional-task-tool`, `task-only-tool` and
 * `plain-tool`, by what tools say of their output and of tasks, `mirrored-tool`, `optional-mirrored-tool`,
 * `accented-mirrored-tool` and `mirrored-integer-tool`, by which arguments headers repeat; of
 * several, one that worked when it was tried goes first. Then come tools and prompts that are known by
 * name, which do no harm, then what tools showed when they were tried, and last the asking fixtures of the official suite by
 * their names. Prompts change nothing and may always be tried: `prompt` needs no arguments, `prompt-with-argument` does,
 * `completable-prompt` has some.
 */
export function findStimuli(
  shown: Shown,
  policy: CallPolicy,
  configured: Stimuli,
  tried: readonly Tried[] = [],
): Stimuli {
  const tools = objectsIn(shown.tools);
  const prompts = objectsIn(shown.prompts);
  const byName = toolsByName(tools, policy);
  return {
    ...byName,
    ...present(foundByTrying(tried)),
    ...knownByName(WELL_KNOWN_PROMPTS, prompts, () => true),
    ...withoutAskingFixtures(byName),
    ...present({
      ...shownByTools(worksFirst(callableTools(tools, policy), tried), tried),
      prompt: firstOf(prompts, (one) => (requiredArguments(one).length ? null : one)),
      'prompt-with-argument': firstOf(prompts, (one) => (requiredArguments(one).length ? one : null)),
      'completable-prompt': firstOf(prompts, (one) => (objectsIn(one.arguments).length ? one : null)),
    }),
    ...configured,
  };
}

/**
 * Of the stimuli those that are certain before a target is tried out: what the configuration names, and what is known by its
 * name and not by what tools say of themselves.
 */
export function certainStimuli(shown: Shown, policy: CallPolicy, configured: Stimuli): Stimuli {
  const bySaying = Object.keys(shownByTools([], []));
  const byName = withoutAskingFixtures(toolsByName(objectsIn(shown.tools), policy));
  const certain = Object.entries(byName).filter(([stimulus]) => !bySaying.includes(stimulus));
  return { ...Object.fromEntries(certain), ...configured };
}

/** What the survey saw in a target's lists. */
export interface Shown {
  readonly tools?: Json;
  readonly prompts?: Json;
}

type Found = { readonly [name: string]: JsonObject | null };

function present(found: Found): Stimuli {
  const entries = Object.entries(found).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return Object.fromEntries(entries);
}

function shownByTools(callable: readonly JsonObject[], tried: readonly Tried[]): Found {
  const known = (tool: JsonObject) => triedCall(tool, tried) ?? validCall(tool);
  const call = (of: (tool: JsonObject) => boolean) => firstOf(callable, (tool) => (of(tool) ? known(tool) : null));
  return {
    tool: firstOf(callable, known),
    'refusable-tool': firstOf(callable, brokenCall),
    'undemanding-tool': firstOf(callable, undemandingCall),
    'mirrored-tool': firstOf(callable, mirroredCall),
    'optional-mirrored-tool': firstOf(callable, mirroredOptional),
    'accented-mirrored-tool': firstOf(callable, mirroredAccented),
    'mirrored-integer-tool': firstOf(callable, mirroredInteger),
    'modern-schema-tool': firstOf(callable, modernCall),
    'incomplete-tool': firstOf(callable, incompleteCall),
    'out-of-range-tool': firstOf(callable, outOfRangeCall),
    'structured-tool': call(({ outputSchema }) => isObject(outputSchema)),
    'task-tool': call((tool) => ['required', 'optional'].includes(taskSupport(tool))),
    'optional-task-tool': call((tool) => taskSupport(tool) === 'optional'),
    'task-only-tool': call((tool) => taskSupport(tool) === 'required'),
    'plain-tool': call((tool) => taskSupport(tool) === 'forbidden'),
  };
}

/** What a tool says of tasks; without a word it is no task (2025-11-25, tasks, tool-level negotiation). */
function taskSupport({ execution }: JsonObject): string {
  const said = isObject(execution) ? execution.taskSupport : undefined;
  return typeof said === 'string' ? said : 'forbidden';
}

/** Of each list the first that the target has, as a call. */
function knownByName(
  known: { readonly [stimulus: string]: readonly WellKnown[] },
  offered: readonly JsonObject[],
  may: (one: JsonObject) => boolean,
): Stimuli {
  const names = new Set(offered.filter(may).map(({ name }) => name));
  const found = Object.entries(known).map(([stimulus, candidates]): [string, JsonObject | null] => {
    const one = candidates.find(({ name }) => names.has(name));
    return [stimulus, one ? { name: one.name, arguments: one.arguments ?? {}, ...one.more } : null];
  });
  return present(Object.fromEntries(found));
}

/** The tools that are known by name and may be tried. */
function toolsByName(tools: readonly JsonObject[], policy: CallPolicy): Stimuli {
  return knownByName(WELL_KNOWN_TOOLS, tools, (tool) => mayTry(tool, policy));
}

/** Fixtures of the official suite ask by requests in one era and by results in the other: which does, is seen when they are tried. */
function withoutAskingFixtures(byName: Stimuli): Stimuli {
  const isOne = (stimulus: string, call: Json) =>
    ASKING.includes(stimulus) && isObject(call) && isHarmlessFixture(String(call.name));
  return Object.fromEntries(Object.entries(byName).filter(([stimulus, call]) => !isOne(stimulus, call)));
}

const ASKING = ['eliciting-tool', 'sampling-tool'];

/** Whether a tool may be called whose name says that it is harmless. */
function mayTry(tool: JsonObject, policy: CallPolicy): boolean {
  return policy === 'read-only' || mayCall(tool, policy);
}

function requiredArguments(prompt: JsonObject): JsonObject[] {
  return objectsIn(prompt.arguments).filter((argument) => argument.required === true);
}

function firstOf(tools: readonly JsonObject[], call: (tool: JsonObject) => JsonObject | null): JsonObject | null {
  for (const tool of tools) {
    const found = call(tool);
    if (found) return found;
  }
  return null;
}

/** A call that worked, with the arguments that it worked with. */
function triedCall(tool: JsonObject, tried: readonly Tried[]): JsonObject | null {
  const worked = tried.find(({ name, answer }) => name === tool.name && answer === 'result');
  const call = worked ? validCall(tool) : null;
  return worked && call ? { ...call, arguments: worked.arguments } : null;
}
