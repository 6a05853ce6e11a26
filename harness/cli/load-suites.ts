/**
 * The one place where the harness reaches up to the suites: the command line puts both together. Everything else in
 * `harness/` knows suites only as values that it is given.
 */

import { catalogue } from '../../spec/catalogue.ts';
import { codedChecks } from '../../suites/coded-checks.ts';
import type { Suites } from '../assay/select-checks.ts';
import { clientSuites } from '../client/run/start-client-assay.ts';
import type { ServerSuites } from '../run/run.ts';
import { serverSuites } from '../run/suites.ts';

/** Every check of a server with the catalogue that it cites. */
export function loadSuites(): { readonly suites: ServerSuites; readonly catalogue: ReturnType<typeof catalogue> } {
  return { suites: serverSuites(codedChecks), catalogue: catalogue() };
}

/** Every check of a client, as far as its id, its title and its requirements say. */
export function loadClientSuites(): {
  readonly suites: Suites;
  readonly catalogue: ReturnType<typeof catalogue>;
} {
  return { suites: { ...clientSuites(), coded: [] }, catalogue: catalogue() };
}
