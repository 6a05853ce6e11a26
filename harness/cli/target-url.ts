import { UsageError } from '../assay/usage-error.ts';

/**
 * The address of an MCP endpoint as the user gave it.
 *
 * @throws UsageError when it is no http or https URL, or holds a password; the message never shows one
 */
export function targetUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && !/^https?:$/.test(url.protocol) && URL.canParse(`http://${text}`) && /^[\w.-]+:\d/.test(text)) {
    throw new UsageError(`${text} is not a URL; did you mean http://${text}?`);
  }
  const shown = JSON.stringify(text.replace(/\/\/[^/@]*@/, '//...@'));
  if (!url) throw new UsageError(`${shown} is not a URL; give one such as http://localhost:3000/mcp`);
  if (!/^https?:$/.test(url.protocol)) throw new UsageError(`${shown} is not an http or https URL`);
  if (url.username || url.password) {
    throw new UsageError(
      `${shown} holds a user name or a password; give them with --header 'Authorization: Basic ...'`,
    );
  }
  return text;
}
