/** Something that the user asked for and cannot be done: the message says in one sentence what, where and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
