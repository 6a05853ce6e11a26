/**
 * Tools of the official conformance suite that may be tried as those that only read, though most of its servers do not say so
 * of them. What they are shows when they are; not among them are those that change lists or break off their stream.
 */
const HARMLESS = new Set([
  'json_schema_2020_12_tool',
  'test_audio_content',
  'test_elicitation',
  'test_elicitation_sep1034_defaults',
  'test_elicitation_sep1330_enums',
  'test_embedded_resource',
  'test_error_handling',
  'test_image_content',
  'test_input_required_result_capabilities',
  'test_input_required_result_elicitation',
  'test_input_required_result_list_roots',
  'test_input_required_result_multi_round',
  'test_input_required_result_multiple_inputs',
  'test_input_required_result_request_state',
  'test_input_required_result_sampling',
  'test_input_required_result_tampered_state',
  'test_logging_tool',
  'test_missing_capability',
  'test_multiple_content_types',
  'test_sampling',
  'test_simple_text',
  'test_streaming_elicitation',
  'test_tool_with_logging',
  'test_tool_with_progress',
  'test_x_mcp_header',
]);

/** Whether a tool is a fixture of the official suite that may be tried like one that says that it only reads. */
export function isHarmlessFixture(name: string): boolean {
  return HARMLESS.has(name);
}
