/** What makes the server a protected resource; it issues no tokens itself. */
export interface Authorization {
  /** The tokens that are good for everything. */
  readonly tokens: readonly string[];
  /** Further tokens, of which more is known: those are good as far as that lets them. */
  readonly issued?: readonly IssuedToken[];
  /** The addresses of the authorization servers that issue them. */
  readonly servers: readonly string[];
  /** The scopes that a token needs. */
  readonly scopes: readonly string[];
}

/** What is known of a token. What is left out is as it should be. */
export interface IssuedToken {
  readonly token: string;
  /** The address of the server that issued it. */
  readonly issuer?: string;
  /** The address of the resource that it is for, or how that is made of the address of this one. */
  readonly audience?: string | ((resource: string) => string);
  /** When it ends, in milliseconds since the epoch. */
  readonly expiresAt?: number;
  readonly scopes?: readonly string[];
}
