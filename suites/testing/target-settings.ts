import type { ServerAssayOptions } from '../../harness/assay/server-assay-options.ts';
import { prepareAssay, type TargetPlace } from '../../harness/cli/prepare-assay.ts';
import { targetUrl } from '../../harness/cli/target-url.ts';
import { hider } from '../../harness/target/target.ts';
import type { Revision } from '../../spec/revisions.ts';

/**
 * What `npm test` judges and how, read from the environment: `MCP_TARGET_URL` or `MCP_TARGET_COMMAND` (words separated by
 * spaces), and if wanted `MCP_TARGET_REVISION` (one, or auto), `MCP_TARGET_TRANSPORT`, `MCP_TARGET_HEADERS` (a header a line), `MCP_TARGET_CALL`,
 * `MCP_TARGET_CONFIG`, `MCP_TARGET_TIMEOUT` and `MCP_TARGET_SEED`, which mean what the options of the same names mean to
 * `mcp-assay server`.
 *
 * @throws UsageError or DataFileError for a value that cannot be used
 */
export function runServerSettings(env: NodeJS.ProcessEnv): {
  options: ServerAssayOptions;
  revision: Revision | null;
  name: string;
} {
  const headers = (env.MCP_TARGET_HEADERS ?? '').split('\n').filter((line) => line.trim());
  const { settings, optionsFor } = prepareAssay({
    ...(headers.length ? { header: headers } : {}),
    ...given('revision', env.MCP_TARGET_REVISION),
    ...given('transport', env.MCP_TARGET_TRANSPORT),
    ...given('call', env.MCP_TARGET_CALL),
    ...given('config', env.MCP_TARGET_CONFIG),
    ...given('timeout', env.MCP_TARGET_TIMEOUT),
    ...given('seed', env.MCP_TARGET_SEED),
  });
  const [only, ...more] = Array.isArray(settings.revisions) ? settings.revisions : [];
  if (settings.revisions === 'all' || more.length) {
    throw new Error('MCP_TARGET_REVISION takes one revision or auto; run npm test once for each');
  }
  const options = optionsFor(placeOf(env));
  return { options, revision: only ?? null, name: hider(options.target)(options.target.url) };
}

function placeOf(env: NodeJS.ProcessEnv): TargetPlace {
  const words = (env.MCP_TARGET_COMMAND ?? '').split(/\s+/).filter(Boolean);
  const [command, ...args] = words;
  if (env.MCP_TARGET_URL || !command) return { url: targetUrl(env.MCP_TARGET_URL ?? '') };
  return { url: words.join(' '), command: { command, args, env: {} } };
}

function given<K extends string>(name: K, value: string | undefined): { [P in K]?: string } {
  return value ? ({ [name]: value } as { [P in K]?: string }) : {};
}
