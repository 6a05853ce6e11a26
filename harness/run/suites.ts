import { join } from 'node:path';
import { catalogue } from '../../spec/catalogue.ts';
import { packageRoot } from '../../spec/package-root.ts';
import { loadCases } from '../case/load-cases.ts';
import { serverInvariants } from '../invariants/server-invariants.ts';
import type { CodedCheck } from './coded-check.ts';
import type { ServerSuites } from './run.ts';

/** The suites that judge a server, with checks in code given by the caller (they live in `suites/`). */
export function serverSuites(coded: readonly CodedCheck[]): ServerSuites {
  return { cases: loadCases(join(packageRoot, 'suites/server'), catalogue()), invariants: serverInvariants, coded };
}
