/**
 * The facts of each dated revision of the Model Context Protocol. Harness and suites ask this module instead of
 * comparing revision names; subjects do not read it, so that one mistake cannot hide on both sides.
 */

/** The dated revisions, oldest first. */
export const REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'] as const;

/** A dated revision of the specification. */
export type Revision = (typeof REVISIONS)[number];

/** How a message travels between client and server. */
export type Transport = 'streamable-http' | 'http+sse' | 'stdio';

/** What is fixed for one revision. */
export interface RevisionFacts {
  /** `stateful` revisions open with `initialize`; in the `stateless` one every request carries its own metadata. */
  era: 'stateful' | 'stateless';
  transports: readonly Transport[];
  /** Whether a receiver must take JSON-RPC batches (2025-03-26, basic#batching). */
  batching: boolean;
  /** The header that carries the session id, spelled as the revision spells it; null where there are no sessions. */
  sessionHeader: string | null;
  /** The header that names the revision on HTTP requests; null where the revision has none. */
  versionHeader: string | null;
  /** The only status a foreign Origin may get; null where the revision names none. */
  foreignOriginStatus: number | null;
  /** Whether the id of an error response may be left out when the request's id could not be read. */
  errorIdOptional: boolean;
  /** Code of the error for a resource that does not exist. */
  resourceNotFound: number;
  /** Whether SSE streams begin with an event that has an id and empty data (2025-11-25, transports). */
  primeEvent: boolean;
  /** A method without params that every server has to answer: by it is seen whether the server still works. */
  aliveMethod: 'ping' | 'server/discover';
  /** What each request says of itself; null where `initialize` says it for all. */
  perRequest: PerRequest | null;
}

/** Where a request carries its own metadata (2026-07-28, basic#_meta and transports/streamable-http#request-metadata). */
export interface PerRequest {
  /** Keys of `params._meta`. */
  metaKeys: { protocolVersion: string; clientInfo: string; clientCapabilities: string };
  /** The header that repeats the method. */
  methodHeader: string;
  /** The header that repeats a param, and which param that is for which method. */
  nameHeader: string;
  namedBy: { readonly [method: string]: string };
  /** What the headers begin with that repeat a tool's arguments, and the keyword in its schema that asks for one. */
  paramHeaderPrefix: string;
  paramHeaderKeyword: string;
}

const PER_REQUEST: PerRequest = {
  metaKeys: {
    protocolVersion: 'io.modelcontextprotocol/protocolVersion',
    clientInfo: 'io.modelcontextprotocol/clientInfo',
    clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  },
  methodHeader: 'Mcp-Method',
  nameHeader: 'Mcp-Name',
  namedBy: { 'tools/call': 'name', 'prompts/get': 'name', 'resources/read': 'uri' },
  paramHeaderPrefix: 'Mcp-Param-',
  paramHeaderKeyword: 'x-mcp-header',
};

const FACTS: Record<Revision, RevisionFacts> = {
  '2024-11-05': {
    era: 'stateful',
    transports: ['stdio', 'http+sse'],
    batching: false,
    sessionHeader: null,
    versionHeader: null,
    foreignOriginStatus: null,
    errorIdOptional: false,
    resourceNotFound: -32002,
    primeEvent: false,
    aliveMethod: 'ping',
    perRequest: null,
  },
  '2025-03-26': {
    era: 'stateful',
    transports: ['stdio', 'streamable-http'],
    batching: true,
    sessionHeader: 'Mcp-Session-Id',
    versionHeader: null,
    foreignOriginStatus: null,
    errorIdOptional: false,
    resourceNotFound: -32002,
    primeEvent: false,
    aliveMethod: 'ping',
    perRequest: null,
  },
  '2025-06-18': {
    era: 'stateful',
    transports: ['stdio', 'streamable-http'],
    batching: false,
    sessionHeader: 'Mcp-Session-Id',
    versionHeader: 'MCP-Protocol-Version',
    foreignOriginStatus: null,
    errorIdOptional: false,
    resourceNotFound: -32002,
    primeEvent: false,
    aliveMethod: 'ping',
    perRequest: null,
  },
  '2025-11-25': {
    era: 'stateful',
    transports: ['stdio', 'streamable-http'],
    batching: false,
    sessionHeader: 'MCP-Session-Id',
    versionHeader: 'MCP-Protocol-Version',
    foreignOriginStatus: 403,
    errorIdOptional: true,
    resourceNotFound: -32002,
    primeEvent: true,
    aliveMethod: 'ping',
    perRequest: null,
  },
  '2026-07-28': {
    era: 'stateless',
    transports: ['stdio', 'streamable-http'],
    batching: false,
    sessionHeader: null,
    versionHeader: 'MCP-Protocol-Version',
    foreignOriginStatus: 403,
    errorIdOptional: true,
    resourceNotFound: -32602,
    primeEvent: false,
    aliveMethod: 'server/discover',
    perRequest: PER_REQUEST,
  },
};

/** The facts of a revision. */
export function factsOf(revision: Revision): RevisionFacts {
  return FACTS[revision];
}

/** Whether a string names a revision this project knows. */
export function isRevision(text: string): text is Revision {
  return (REVISIONS as readonly string[]).includes(text);
}

/**
 * The revisions a range names: `all`, one revision, or `>=`, `>`, `<=`, `<` and a revision; several parts, separated by
 * spaces, must all hold (`>=2025-03-26 <2026-07-28`).
 *
 * @throws RangeError when the text is none of these
 */
export function revisionsIn(range: string): Revision[] {
  if (range === 'all') return [...REVISIONS];
  const tests = range.split(/\s+/).map((part) => {
    const match = /^(>=|<=|>|<|)(\d{4}-\d{2}-\d{2})$/.exec(part);
    const [, operator, date] = match ?? [];
    if (date === undefined || !isRevision(date)) throw new RangeError(`"${range}" is not a range of revisions`);
    return (revision: Revision) =>
      operator === '>='
        ? revision >= date
        : operator === '<='
          ? revision <= date
          : operator === '>'
            ? revision > date
            : operator === '<'
              ? revision < date
              : revision === date;
  });
  return REVISIONS.filter((revision) => tests.every((test) => test(revision)));
}

/** Whether a text is a range that names at least one revision. */
export function isRange(range: string): boolean {
  try {
    return revisionsIn(range).length > 0;
  } catch {
    return false;
  }
}
