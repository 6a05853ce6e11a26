/** What this client knows of each revision it speaks. */

/** The revisions spoken over Streamable HTTP, newest first. */
export const SUPPORTED_REVISIONS = ['2025-11-25', '2025-06-18', '2025-03-26'] as const;

/** A revision this client speaks. */
export type Revision = (typeof SUPPORTED_REVISIONS)[number];

/** Revisions a client speaks, newest first. */
export type SupportedRevisions = readonly [Revision, ...Revision[]];

/** Where the revisions differ for a client. */
export interface RevisionTraits {
  /** Requests after `initialize` name the revision in a header (basic/transports#protocol-version-header). */
  versionHeader: boolean;
  /** A received JSON array is a batch of messages (basic#batching). */
  batches: boolean;
  /** How support for elicitation is declared (client/elicitation#capabilities); undefined where it does not exist. */
  elicitation: Record<string, Record<string, never>> | undefined;
}

const TRAITS: Record<Revision, RevisionTraits> = {
  '2025-03-26': { versionHeader: false, batches: true, elicitation: undefined },
  '2025-06-18': { versionHeader: true, batches: false, elicitation: {} },
  '2025-11-25': { versionHeader: true, batches: false, elicitation: { form: {} } },
};

/** The traits of a revision. */
export function traitsOf(revision: Revision): RevisionTraits {
  return TRAITS[revision];
}

/** Whether a text names a revision this client speaks. */
export function isSupported(text: string): text is Revision {
  return (SUPPORTED_REVISIONS as readonly string[]).includes(text);
}
