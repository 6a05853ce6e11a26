/** What makes the server a protected resource; it issues no tokens itself. */
export interface Authorization {
  /** The tokens that are good. */
  readonly tokens: readonly string[];
  /** The addresses of the authorization servers that issue them. */
  readonly servers: readonly string[];
  /** The scopes that a token needs. */
  readonly scopes: readonly string[];
}
