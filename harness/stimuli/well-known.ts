import type { JsonObject } from '../../spec/messages.ts';
import { MARK } from '../case/meddled.ts';

/** Something whose name says what it does, with what to give it. */
export interface WellKnown {
  readonly name: string;
  readonly arguments?: JsonObject;
  /** More that cases want to know of it. */
  readonly more?: JsonObject;
}

const LONG = 'trigger-long-running-operation';

/**
 * Tools that are known by name, by the stimulus that they are: those of the official conformance suite (`test_...`), of this
 * project's reference server (`assay_...`) and of the official example server. They exist to be tried out and do no harm.
 */
export const WELL_KNOWN_TOOLS: { readonly [stimulus: string]: readonly WellKnown[] } = {
  // what comes half a second after a cancellation counts as late, and so long a call has to outlast it also on a busy machine
  'slow-tool': [
    { name: 'assay_slow', arguments: { ms: 1_200 } },
    { name: LONG, arguments: { duration: 1.2, steps: 2 } },
  ],
  'progressing-tool': [
    { name: 'assay_progress', arguments: { steps: 3, delay_ms: 20 } },
    { name: 'test_tool_with_progress', arguments: {} },
    { name: LONG, arguments: { duration: 0.3, steps: 3 } },
  ],
  // as long, so that it can be stopped on the way
  'slowly-progressing-tool': [
    { name: 'assay_progress', arguments: { steps: 12, delay_ms: 75 } },
    { name: LONG, arguments: { duration: 1.2, steps: 12 } },
  ],
  'logging-tool': [
    { name: 'assay_log', arguments: {} },
    { name: 'test_tool_with_logging', arguments: {} },
  ],
  'sampling-tool': [
    { name: 'assay_sample', arguments: {} },
    { name: 'test_sampling', arguments: { prompt: 'Say hello.' } },
    { name: 'trigger-sampling-request', arguments: { prompt: 'Say hello.' } },
  ],
  'impatient-tool': [{ name: 'assay_sample', arguments: { patience_ms: 200 } }],
  'tool-sampling-tool': [{ name: 'assay_sample_with_tools', arguments: {} }],
  'eliciting-tool': [
    { name: 'assay_elicit', arguments: {} },
    { name: 'test_elicitation', arguments: { message: 'Who are you?' } },
    { name: 'trigger-elicitation-request', arguments: {} },
  ],
  'answerable-tool': [
    {
      name: 'assay_sample',
      more: {
        inputResponses: { reply: { role: 'assistant', content: { type: 'text', text: 'Hello.' }, model: 'assay' } },
      },
    },
  ],
  'other-answerable-tool': [{ name: 'assay_roots', more: { inputResponses: { roots: { roots: [] } } } }],
  'form-tool': [
    {
      name: 'assay_elicit',
      more: {
        inputResponses: { user: { action: 'accept', content: { name: 'Ada' } } },
        misfits: { user: { action: 'accept', content: { name: 987_654_321 } } },
      },
    },
  ],
  'interviewing-tool': [
    {
      name: 'assay_interview',
      more: {
        inputResponses: { name: { action: 'accept', content: { name: MARK } } },
        next: { color: { action: 'accept', content: { color: 'red' } } },
      },
    },
  ],
  'one-time-tool': [
    { name: 'assay_redeem', more: { inputResponses: { voucher: { action: 'accept', content: { agreed: true } } } } },
  ],
  'url-eliciting-tool': [{ name: 'assay_elicit', arguments: { mode: 'url' } }],
  'gated-tool': [{ name: 'assay_gate', arguments: {} }],
  'roots-tool': [
    { name: 'assay_roots', arguments: {} },
    { name: 'get-roots-list', arguments: {} },
  ],
  'failing-tool': [
    { name: 'assay_fail', arguments: {} },
    { name: 'test_error_handling', arguments: {} },
  ],
  'image-tool': [
    { name: 'assay_content', arguments: { type: 'image' } },
    { name: 'test_image_content', arguments: {} },
    { name: 'get-tiny-image', arguments: {} },
  ],
  'audio-tool': [
    { name: 'assay_content', arguments: { type: 'audio' } },
    { name: 'test_audio_content', arguments: {} },
  ],
  'embedding-tool': [
    { name: 'assay_content', arguments: { type: 'embedded' } },
    { name: 'test_embedded_resource', arguments: {} },
    { name: 'get-resource-reference', arguments: {} },
  ],
  'linking-tool': [
    { name: 'assay_content', arguments: { type: 'link' } },
    { name: 'get-resource-links', arguments: {} },
  ],
  'mixed-tool': [
    { name: 'assay_content', arguments: {} },
    { name: 'test_multiple_content_types', arguments: {} },
  ],
  'structured-tool': [
    { name: 'assay_structured', arguments: {} },
    { name: 'get-structured-content', arguments: { location: 'New York' } },
  ],
  'list-changing-tool': [
    { name: 'assay_change_lists', arguments: { list: 'tools', ms: 50 } },
    { name: 'test_trigger_tool_change', arguments: {} },
  ],
  'prompts-changing-tool': [
    { name: 'assay_change_lists', arguments: { list: 'prompts', ms: 50 } },
    { name: 'test_trigger_prompt_change', arguments: {} },
  ],
  'resources-changing-tool': [{ name: 'assay_change_lists', arguments: { list: 'resources', ms: 50 } }],
  'resource-updating-tool': [{ name: 'assay_update_resource', arguments: {}, more: { uri: 'assay://counter' } }],
  'polling-tool': [
    { name: 'assay_poll', arguments: { ms: 500, retry_ms: 50 } },
    { name: 'test_reconnection', arguments: {} },
  ],
  'task-tool': [
    { name: 'assay_task', arguments: { ms: 50 } },
    { name: 'simulate-research-query', arguments: { topic: 'assay' } },
  ],
  'asking-task-tool': [
    { name: 'assay_task', arguments: { ms: 800, ask: true } },
    { name: 'simulate-research-query', arguments: { topic: 'assay', ambiguous: true } },
  ],
  'progressing-task-tool': [{ name: 'assay_task', arguments: { ms: 50 } }],
  // as long, so that it can be stopped on the way
  'slowly-progressing-task-tool': [{ name: 'assay_task', arguments: { ms: 1_500, steps: 24 } }],
  'slow-task-tool': [
    { name: 'assay_slow', arguments: { ms: 2_000 } },
    { name: 'simulate-research-query', arguments: { topic: 'assay' } },
  ],
  'task-only-tool': [
    { name: 'assay_task', arguments: { ms: 50 } },
    { name: 'simulate-research-query', arguments: { topic: 'assay' } },
  ],
  'failing-task-tool': [{ name: 'assay_fail', arguments: { how: 'error' } }],
};

/** Prompts that are known by name. */
export const WELL_KNOWN_PROMPTS: { readonly [stimulus: string]: readonly WellKnown[] } = {
  // of this project's reference server; they fail inside it
  'crashing-prompt': [{ name: 'assay_crash' }],
  'crashing-resource': [{ name: 'assay_crash', more: { uri: 'assay://crash/now' } }],
  'crashing-completion': [
    {
      name: 'assay_crash',
      more: { ref: { type: 'ref/prompt', name: 'assay_crash' }, argument: { name: 'word', value: '' } },
    },
  ],
  'image-prompt': [{ name: 'assay_picture' }, { name: 'test_prompt_with_image' }],
  'embedding-prompt': [
    { name: 'assay_note', arguments: { topic: 'tools' } },
    { name: 'test_prompt_with_embedded_resource', arguments: { resourceUri: 'test://example-resource' } },
    { name: 'resource-prompt', arguments: { resourceType: 'Text', resourceId: '1' } },
  ],
};

const NAMES = new Set(Object.values(WELL_KNOWN_TOOLS).flatMap((tools) => tools.map(({ name }) => name)));

/** Whether a tool is one of those that are known by name for what they are. */
export function isWellKnown(name: string): boolean {
  return NAMES.has(name);
}
