/**
 * What differs, for this server, between the dated revisions it speaks. Every other file asks here instead of comparing
 * dates. Written from the specification independently of `spec/revisions.ts`, so that a mistake there is not repeated here.
 */

/** The revisions this server can speak, newest first. */
export const SUPPORTED_REVISIONS = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;

/** A dated revision that this server can speak. */
export type Revision = (typeof SUPPORTED_REVISIONS)[number];

/** The ways to carry messages. */
export type Transport = 'streamable-http' | 'http-sse' | 'stdio';

/**
 * The revision of an HTTP request that names none and belongs to no session
 * (2025-11-25, basic/transports, "Protocol Version Header").
 */
export const ASSUMED_REVISION: Revision = '2025-03-26';

/** How one revision differs from the others. */
export interface RevisionFacts {
  /** Whether a client opens a session with `initialize`, or says with every request who it is (2026-07-28, basic/versioning). */
  era: 'stateful' | 'stateless';
  /** The transports that the revision defines, or that this server speaks it over. */
  transports: readonly Transport[];
  /** Whether one body may hold an array of messages (2025-03-26, basic, "Batching"; removed in 2025-06-18). */
  batches: boolean;
  /**
   * The id of an error that answers something whose id could not be read: `null` as JSON-RPC 2.0 section 5 has it, or
   * `absent` since the schema of 2025-11-25 made the member optional and allows no null.
   */
  unreadableId: 'null' | 'absent';
  /** The session header as the revision spells it; HTTP itself ignores letter case. */
  sessionHeader: 'Mcp-Session-Id' | 'MCP-Session-Id';
  /** Whether events have ids, so that a stream can be resumed (basic/transports, "Resumability and Redelivery"). */
  eventIds: boolean;
  /** Whether a stream may be closed and polled: it begins with an event that has an id and no data (2025-11-25). */
  polling: boolean;
  /** Whether progress has a message (2025-03-26, basic/utilities/progress). */
  progressMessages: boolean;
  /** Whether tools have annotations, and content may be audio (2025-03-26, schema). */
  toolAnnotations: boolean;
  audio: boolean;
  /** Whether `completions` is a capability (2025-03-26, schema, `ServerCapabilities`). */
  completionsCapability: boolean;
  /** Whether tools and implementations have a `title` of their own (2025-06-18, schema, `BaseMetadata`). */
  titles: boolean;
  /** Whether content may be a link to a resource, and annotations a date (2025-06-18, schema). */
  resourceLinks: boolean;
  /** What structured content may be: nothing, an object, or any value (2025-06-18 and 2026-07-28, server/tools). */
  structuredContent: 'none' | 'object' | 'any';
  /** In which modes the user can be asked (2025-06-18 and 2025-11-25, client/elicitation). */
  elicitation: readonly ('form' | 'url')[];
  /** Whether a form says that it is one, in `mode`, and an elicitation by URL has an id (2025-11-25). */
  elicitationMode: boolean;
  elicitationIds: boolean;
  /** Whether a model can be lent tools (2025-11-25, client/sampling, "Sampling with Tools"). */
  samplingTools: boolean;
  /** Whether an implementation has a description and a web site (2025-11-25, schema, `Implementation`). */
  implementationDetails: boolean;
  /** How tasks are done: not at all, as in 2025-11-25, or by the extension of 2026-07-28. */
  tasks: 'none' | 'core' | 'extension';
  /** The code for a resource that does not exist (server/resources, "Error Handling"). */
  resourceNotFound: -32002 | -32602;
  /** Whether parameters of tools are repeated in header fields (2026-07-28, server/tools, "x-mcp-header"). */
  mirroredParameters: boolean;
}

const revision20241105: RevisionFacts = {
  era: 'stateful',
  transports: ['http-sse', 'stdio'],
  batches: false,
  unreadableId: 'null',
  sessionHeader: 'Mcp-Session-Id',
  eventIds: false,
  polling: false,
  progressMessages: false,
  toolAnnotations: false,
  audio: false,
  completionsCapability: false,
  titles: false,
  resourceLinks: false,
  structuredContent: 'none',
  elicitation: [],
  elicitationMode: false,
  elicitationIds: false,
  samplingTools: false,
  implementationDetails: false,
  tasks: 'none',
  resourceNotFound: -32002,
  mirroredParameters: false,
};

const revision20250326: RevisionFacts = {
  ...revision20241105,
  transports: ['streamable-http', 'stdio'],
  batches: true,
  eventIds: true,
  progressMessages: true,
  toolAnnotations: true,
  audio: true,
  completionsCapability: true,
};

const revision20250618: RevisionFacts = {
  ...revision20250326,
  batches: false,
  titles: true,
  resourceLinks: true,
  structuredContent: 'object',
  elicitation: ['form'],
};

const revision20251125: RevisionFacts = {
  ...revision20250618,
  unreadableId: 'absent',
  sessionHeader: 'MCP-Session-Id',
  polling: true,
  elicitation: ['form', 'url'],
  elicitationMode: true,
  elicitationIds: true,
  samplingTools: true,
  implementationDetails: true,
  tasks: 'core',
};

const revision20260728: RevisionFacts = {
  ...revision20251125,
  era: 'stateless',
  eventIds: false,
  polling: false,
  structuredContent: 'any',
  elicitationIds: false,
  tasks: 'extension',
  resourceNotFound: -32602,
  mirroredParameters: true,
};

const FACTS: Readonly<Record<Revision, RevisionFacts>> = {
  '2024-11-05': revision20241105,
  '2025-03-26': revision20250326,
  '2025-06-18': revision20250618,
  '2025-11-25': revision20251125,
  '2026-07-28': revision20260728,
};

/** The facts of a revision. */
export function factsOf(revision: Revision): RevisionFacts {
  return FACTS[revision];
}

/** Whether a text names a revision this server can speak. */
export function isSupported(text: string): text is Revision {
  return (SUPPORTED_REVISIONS as readonly string[]).includes(text);
}

/** Those of some revisions that belong to an era and can be spoken over a transport, in the same order. */
export function revisionsFor(
  revisions: readonly Revision[],
  era: RevisionFacts['era'],
  transport: Transport,
): readonly Revision[] {
  return revisions.filter((one) => factsOf(one).era === era && factsOf(one).transports.includes(transport));
}
