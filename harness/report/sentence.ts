/** The side that a sentence about a target of some kind speaks of. */
const SUBJECTS = {
  server: 'A server',
  client: 'A client',
  both: 'A server or client',
  'authorization-server': 'An authorization server',
  intermediary: 'An intermediary',
  'host/user': 'A host or its user',
  'spec-author': 'The specification',
} as const;

/**
 * A requirement's text as a whole sentence: "A server MUST ...".
 *
 * @param role whom it binds; where that is both sides, `judged` says which one is meant here
 */
export function sentence(text: string, role: string, judged?: 'server' | 'client'): string {
  const who = role === 'both' && judged ? judged : role;
  const subject = Object.entries(SUBJECTS).find(([name]) => name === who)?.[1] ?? 'An implementation';
  return `${subject} ${text}`;
}
