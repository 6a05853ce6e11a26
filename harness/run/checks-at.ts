import type { Catalogue } from '../../spec/catalogue.ts';
import { type Revision, revisionsIn, type Transport } from '../../spec/revisions.ts';
import type { CheckInfo } from '../verdict/check.ts';

/** The checks of a suite that speak of a revision and a transport, in the order of the report. */
export function checksAt<
  T extends CheckInfo & { readonly revisions?: string; readonly transports?: readonly Transport[] },
>(checks: readonly T[], catalogue: Catalogue, revision: Revision, transport?: Transport): T[] {
  return checks.filter(
    (check) =>
      (check.revisions === undefined || revisionsIn(check.revisions).includes(revision)) &&
      (!transport || !check.transports || check.transports.includes(transport)) &&
      check.requires.some((id) => catalogue.get(id)?.revisions.has(revision)),
  );
}
