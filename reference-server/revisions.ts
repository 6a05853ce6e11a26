/**
 * What differs, for this server, between the dated revisions it speaks. Every other file asks here instead of comparing
 * dates. Written from the specification independently of `spec/revisions.ts`, so that a mistake there is not repeated here.
 */

/** The revisions this server can speak, newest first. */
export const SUPPORTED_REVISIONS = ['2025-11-25', '2025-06-18', '2025-03-26'] as const;

/** A dated revision that this server can speak. */
export type Revision = (typeof SUPPORTED_REVISIONS)[number];

/**
 * The revision of an HTTP request that names none and belongs to no session
 * (2025-11-25, basic/transports, "Protocol Version Header").
 */
export const ASSUMED_REVISION: Revision = '2025-03-26';

/** How one revision differs from the others. */
export interface RevisionFacts {
  /** Whether one body may hold an array of messages (2025-03-26, basic, "Batching"; removed in 2025-06-18). */
  batches: boolean;
  /**
   * The id of an error that answers something whose id could not be read: `null` as JSON-RPC 2.0 section 5 has it, or
   * `absent` since the schema of 2025-11-25 made the member optional and allows no null.
   */
  unreadableId: 'null' | 'absent';
  /** The session header as the revision spells it; HTTP itself ignores letter case. */
  sessionHeader: 'Mcp-Session-Id' | 'MCP-Session-Id';
  /** Whether SSE streams carry event ids, and those of POST begin with an event that has an id and no data. */
  eventIds: boolean;
  /** Whether tools and implementations have a `title` of their own (2025-06-18, schema, `BaseMetadata`). */
  titles: boolean;
  /** Whether an implementation has a description and a web site (2025-11-25, schema, `Implementation`). */
  implementationDetails: boolean;
}

const FACTS: Readonly<Record<Revision, RevisionFacts>> = {
  '2025-03-26': {
    batches: true,
    unreadableId: 'null',
    sessionHeader: 'Mcp-Session-Id',
    eventIds: false,
    titles: false,
    implementationDetails: false,
  },
  '2025-06-18': {
    batches: false,
    unreadableId: 'null',
    sessionHeader: 'Mcp-Session-Id',
    eventIds: false,
    titles: true,
    implementationDetails: false,
  },
  '2025-11-25': {
    batches: false,
    unreadableId: 'absent',
    sessionHeader: 'MCP-Session-Id',
    eventIds: true,
    titles: true,
    implementationDetails: true,
  },
};

/** The facts of a revision. */
export function factsOf(revision: Revision): RevisionFacts {
  return FACTS[revision];
}

/** Whether a text names a revision this server can speak. */
export function isSupported(text: string): text is Revision {
  return (SUPPORTED_REVISIONS as readonly string[]).includes(text);
}
