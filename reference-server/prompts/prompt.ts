import type { JsonObject } from '../../spec/messages.ts';
import { type ContentBlock, contentFor, text } from '../content/content.ts';
import type { RequestContext } from '../dispatch/context.ts';
import { factsOf, type Revision } from '../revisions.ts';

/** An argument of a prompt. All arguments are texts. */
export interface PromptArgument {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly required?: true;
  /** Values to complete it with, given the arguments that are known already. */
  readonly values?: (given: JsonObject) => readonly string[];
}

/** One message of a prompt. */
export interface PromptMessage {
  role: 'user' | 'assistant';
  content: ContentBlock;
}

/** A prompt, as its author writes it (server/prompts). */
export interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly PromptArgument[];
  /** Makes the messages; the required arguments are there. */
  get(args: Readonly<Record<string, string>>, context: RequestContext): PromptMessage[] | Promise<PromptMessage[]>;
}

/** What the user says, as text. */
export function says(content: string): PromptMessage {
  return { role: 'user', content: text(content) };
}

/** A prompt as `prompts/list` shows it, with the members that the revision knows (schema, `Prompt`). */
export function describePrompt(prompt: Prompt, revision: Revision): JsonObject {
  const { titles } = factsOf(revision);
  const { name, title, description } = prompt;
  const described = prompt.arguments.map((argument) => ({
    name: argument.name,
    ...(titles ? { title: argument.title } : {}),
    description: argument.description,
    required: argument.required ?? false,
  }));
  return {
    name,
    ...(titles ? { title } : {}),
    description,
    ...(described.length > 0 ? { arguments: described } : {}),
  };
}

/** A message with the type of content that the revision knows. */
export function messageFor({ role, content }: PromptMessage, revision: Revision): JsonObject {
  return { role, content: contentFor(content, revision) };
}

/** What is wrong with the arguments of a prompt, one sentence a fault. Arguments it does not know are ignored. */
export function checkPromptArguments(prompt: Prompt, args: Readonly<Record<string, string>>): string[] {
  return prompt.arguments
    .filter(({ name, required }) => required === true && !Object.hasOwn(args, name))
    .map(({ name }) => `The argument "${name}" is missing.`);
}
