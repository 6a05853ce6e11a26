import type { JsonObject } from '../../spec/messages.ts';
import { type RunSetting, traceHeader } from '../run/run-setting.ts';
import type { CallPolicy, Stimuli } from '../stimuli/find-stimuli.ts';
import type { Tried } from '../stimuli/found-by-trying.ts';
import { toolsToTry } from '../stimuli/tool-calls.ts';
import type { Trace } from '../trace/trace.ts';
import { isObject, objectsIn } from '../wire/json-rpc.ts';
import { learnedFrom } from './learned.ts';
import { MOST, StatelessTalk } from './stateless-talk.ts';
import {
  MOST_ALONE,
  tryCompletions,
  tryListening,
  tryPrompt,
  tryResources,
  tryTemplate,
} from './try-stateless-offers.ts';
import { StatelessToolTrial } from './try-stateless-tools.ts';

/** What came of a try-out. */
export interface TriedOut {
  readonly trace: Trace;
  /** What calls showed of the tools. */
  readonly tried: readonly Tried[];
  /** What else was found to try cases with: `gettable-prompt`, a prompt with the arguments that it was given with. */
  readonly stimuli: Stimuli;
}

/**
 * Uses a target of the stateless era once, as a client would, before it is judged: reads what it lists, gets its prompts,
 * completes, subscribes, calls the tools that may be called, and answers what they ask. Judges nothing; invariants hold of
 * the trace, and what the tools showed are stimuli for cases.
 */
export async function tryOut(setting: RunSetting, policy: CallPolicy): Promise<TriedOut> {
  const talk = new StatelessTalk(setting);
  const trial = new StatelessToolTrial(talk);
  const header = traceHeader('try-out', setting);
  let prompt: JsonObject | null = null;
  try {
    prompt = await tryAll(talk, trial, policy);
  } finally {
    await talk.close();
  }
  const stimuli = prompt ? { 'gettable-prompt': prompt } : {};
  return { trace: { header, events: talk.recorder.events }, tried: trial.calls.map(learnedFrom), stimuli };
}

/** Gives the first prompt that was given, with the arguments that it took. */
async function tryAll(talk: StatelessTalk, trial: StatelessToolTrial, policy: CallPolicy): Promise<JsonObject | null> {
  const { server, prompts, tools: listed } = talk.setting.variables;
  const capabilities = isObject(server) ? server.capabilities : undefined;
  const declared = isObject(capabilities) ? capabilities : {};
  const { uris, templates } = declared.resources ? await tryResources(talk) : { uris: [], templates: [] };
  const listening = tryListening(talk, uris);
  if (declared.completions) await tryCompletions(talk, templates);
  await Promise.all(templates.slice(0, MOST_ALONE).map((template) => talk.limit(() => tryTemplate(talk, template))));
  const given = await Promise.all(
    objectsIn(prompts)
      .slice(0, MOST)
      .map((prompt) => talk.limit(() => tryPrompt(talk, prompt))),
  );
  const tools = toolsToTry(objectsIn(listed), policy, MOST);
  // what one tool returns may be what another takes
  for (const round of [0, 1]) {
    await Promise.all(tools.map((tool) => talk.limit(() => trial.try(tool, round))));
  }
  await listening;
  return given.find((prompt) => prompt !== null) ?? null;
}
