/**
 * The one place where the harness reaches up to the suites: the command line puts both together. Everything else in
 * `harness/` knows suites only as values that it is given.
 */

import { catalogue } from '../../spec/catalogue.ts';
import { codedChecks } from '../../suites/coded-checks.ts';
import type { ServerSuites } from '../run.ts';
import { serverSuites } from '../suites.ts';

/** Every check of a server with the catalogue that it cites. */
export function loadSuites(): { readonly suites: ServerSuites; readonly catalogue: ReturnType<typeof catalogue> } {
  return { suites: serverSuites(codedChecks), catalogue: catalogue() };
}
