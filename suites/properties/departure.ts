/** How an answer departs from what a model allows. */
export interface Departure {
  readonly requirement: string;
  readonly message: string;
  readonly atMost?: 'warn' | 'info';
}
