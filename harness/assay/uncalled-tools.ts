import type { Json } from '../../spec/messages.ts';
import type { CallPolicy } from '../stimuli/find-stimuli.ts';
import { callableTools } from '../stimuli/tool-calls.ts';
import { isObject } from '../wire/json-rpc.ts';

/** A remark for the report of a server whose tools could not be called, so that much was not verified; none otherwise. */
export function remarkOnUncalled(tools: Json | undefined, policy: CallPolicy): string[] {
  const listed = Array.isArray(tools) ? tools.filter(isObject) : [];
  if (policy !== 'read-only' || !listed.length || callableTools(listed, policy).length) return [];
  const which = listed.length === 1 ? 'Its only tool does not say' : `None of its ${listed.length} tools says`;
  return [
    `${which} that it only reads (readOnlyHint), so nothing was called with valid arguments: --call all, or --call NAME,..., lets more be judged.`,
  ];
}
