import type { Authorization } from './authorization/settings.ts';
import { type Log, logToStderr } from './log.ts';
import { isSupported, type Revision, SUPPORTED_REVISIONS } from './revisions.ts';
import type { Seams } from './steps.ts';

/** How a request is answered: always as JSON, always as a stream, or as a stream only when something precedes the answer. */
export type AnswerMode = 'json' | 'sse' | 'auto';

/** What can be set when the server is started. Everything but the user service has a default. */
export interface ReferenceServerOptions {
  /** Where the user service is: an http or https URL. */
  userServiceUrl: string;
  /** The address to listen on; 127.0.0.1, because a local server should not be reachable from elsewhere. */
  host?: string;
  /** 0, the default, lets the system choose. */
  port?: number;
  /** The path of the MCP endpoint; /mcp. */
  path?: string;
  /** The revisions to accept; all that are supported. The newest of them is offered first. */
  revisions?: readonly string[];
  /** Milliseconds after which an idle session ends; 30 minutes. */
  sessionTtlMs?: number;
  /** 1,000. When all are taken, the one idle for longest makes room. */
  maxSessions?: number;
  /** Items on one page of a list; 100. */
  pageSize?: number;
  /** Origins that browsers may call from, such as `https://app.example`, instead of all loopback origins. */
  allowedOrigins?: readonly string[];
  /** Host names the server may be addressed by, with or without a port, instead of the names of the loopback interface. */
  allowedHosts?: readonly string[];
  /** `auto`. */
  answers?: AnswerMode;
  /** The two paths of the transport of 2024-11-05: where clients connect, and where they post to; /sse and /messages. */
  ssePath?: string;
  messagePath?: string;
  /** Lets in only those who show a good token; by default everybody. Over HTTP only. */
  authorization?: Authorization;
  /** A folder whose files are served as resources; none. */
  resourceFolder?: string;
  /** Whether to offer the tools, resources and prompts of well-known names that the official suite calls; false. */
  fixtures?: boolean;
  /** Milliseconds a client has to answer a request of the server; 60,000. */
  askTimeoutMs?: number;
  /** Milliseconds that requests have left when standard input ends; 1,000. */
  drainMs?: number;
  /** Largest body of a request, in bytes; 1 MiB. */
  maxBodyBytes?: number;
  /** Milliseconds the user service has for one answer; 10,000. */
  userServiceTimeoutMs?: number;
  /** Calls of tools a second, all clients together; 1,000. */
  toolCallsPerSecond?: number;
  /** Takes each structured log entry; by default one line of JSON each on standard error. */
  log?: (entry: object) => void;
  /** Replaces steps of the server, for those who need one that is wrong in just one way. */
  seams?: Seams;
}

/** Options with every default filled in. */
export type Settings = Required<
  Omit<
    ReferenceServerOptions,
    'seams' | 'revisions' | 'log' | 'allowedOrigins' | 'allowedHosts' | 'resourceFolder' | 'authorization'
  >
> & {
  authorization: Authorization | undefined;
  resourceFolder: string | undefined;
  /** Newest first. */
  revisions: readonly [Revision, ...Revision[]];
  /** Undefined for the loopback interface. */
  allowedOrigins: readonly string[] | undefined;
  allowedHosts: readonly string[] | undefined;
  log: Log;
};

/**
 * Fills in the defaults and checks what was given.
 *
 * @throws RangeError that says which option is wrong and what it may be
 */
export function settingsFrom(options: ReferenceServerOptions): Settings {
  const { userServiceUrl, path = '/mcp', ssePath = '/sse', messagePath = '/messages', answers = 'auto' } = options;
  if (!/^https?:$/.test(URL.canParse(userServiceUrl) ? new URL(userServiceUrl).protocol : '')) {
    throw new RangeError(`userServiceUrl must be an http or https URL, not "${userServiceUrl}".`);
  }
  checkPaths({ path, ssePath, messagePath });
  if (!['json', 'sse', 'auto'].includes(answers)) {
    throw new RangeError(`answers must be "json", "sse" or "auto", not "${answers}".`);
  }
  return {
    userServiceUrl,
    host: options.host ?? '127.0.0.1',
    port: integer('port', options.port ?? 0, 0, 65_535),
    path,
    ssePath,
    messagePath,
    authorization: options.authorization,
    resourceFolder: options.resourceFolder,
    fixtures: options.fixtures ?? false,
    askTimeoutMs: integer('askTimeoutMs', options.askTimeoutMs ?? 60_000, 1),
    drainMs: integer('drainMs', options.drainMs ?? 1000, 0),
    revisions: revisionsFrom(options.revisions ?? SUPPORTED_REVISIONS),
    sessionTtlMs: integer('sessionTtlMs', options.sessionTtlMs ?? 30 * 60_000, 1),
    maxSessions: integer('maxSessions', options.maxSessions ?? 1000, 1),
    pageSize: integer('pageSize', options.pageSize ?? 100, 1),
    allowedOrigins: options.allowedOrigins,
    allowedHosts: options.allowedHosts,
    answers,
    maxBodyBytes: integer('maxBodyBytes', options.maxBodyBytes ?? 1024 * 1024, 1),
    userServiceTimeoutMs: integer('userServiceTimeoutMs', options.userServiceTimeoutMs ?? 10_000, 1),
    toolCallsPerSecond: integer('toolCallsPerSecond', options.toolCallsPerSecond ?? 1000, 1),
    log: options.log ?? logToStderr,
  };
}

function checkPaths(paths: { path: string; ssePath: string; messagePath: string }): void {
  for (const [name, value] of Object.entries(paths)) {
    if (!/^\/[^?#]*$/.test(value))
      throw new RangeError(`${name} must begin with "/" and have no query, not "${value}".`);
  }
  if (new Set(Object.values(paths)).size < 3) {
    throw new RangeError('path, ssePath and messagePath must be different.');
  }
}

function revisionsFrom(given: readonly string[]): [Revision, ...Revision[]] {
  for (const revision of given) {
    if (isSupported(revision)) continue;
    throw new RangeError(
      `"${revision}" is not a revision this server speaks; it speaks ${SUPPORTED_REVISIONS.join(', ')}.`,
    );
  }
  const [newest, ...older] = SUPPORTED_REVISIONS.filter((revision) => given.includes(revision));
  if (newest === undefined) throw new RangeError('revisions must name at least one revision.');
  return [newest, ...older];
}

function integer(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(
    `${name} must be an integer of at least ${least}${most < 1e6 ? ` and at most ${most}` : ''}, not ${value}.`,
  );
}
