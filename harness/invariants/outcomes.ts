import { catalogue } from '../../spec/catalogue.ts';
import type { Json } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';

/** One way in which an exchange breaks a rule. */
export interface Breach {
  /** What is wrong, in plain words. */
  readonly message: string;
  /** The place in the observation that shows it. */
  readonly path?: string;
  readonly actual?: Json | undefined;
  readonly atMost?: 'warn' | 'info';
}

/** What one exchange shows of one rule: its breaches, else that it was kept where there was an occasion to break it. */
export function judged(
  requirement: string,
  exchange: Exchange,
  breaches: readonly Breach[],
  occasion: boolean,
): Outcome[] {
  if (!breaches.length) return occasion ? [{ requirement, kind: 'kept', evidence: { exchange: exchange.id } }] : [];
  return breaches.map(({ message, path, actual, atMost }) => ({
    requirement,
    kind: 'broken',
    message,
    evidence: {
      exchange: exchange.id,
      ...(path === undefined ? {} : { path }),
      ...(actual === undefined ? {} : { actual }),
    },
    ...(atMost === undefined ? {} : { atMost }),
  }));
}

/** The first of several requirements that holds in a revision: where a narrow rule is gone, the wide one still says it. */
export function ruleAt(revision: Revision, ...ids: readonly [string, ...string[]]): string {
  return ids.find((id) => catalogue().get(id)?.revisions.has(revision)) ?? ids[0];
}

/** At most one `kept` for a rule and exchange, and none beside a breach of that rule in that exchange. */
export function condensed(outcomes: readonly Outcome[]): Outcome[] {
  const broken = new Set(outcomes.filter(({ kind }) => kind === 'broken').map(placeOf));
  const kept = new Set<string>();
  return outcomes.filter((outcome) => {
    if (outcome.kind !== 'kept') return true;
    const place = placeOf(outcome);
    const isNew = !broken.has(place) && !kept.has(place);
    kept.add(place);
    return isNew;
  });
}

function placeOf(outcome: Outcome): string {
  return `${outcome.requirement} ${'evidence' in outcome ? outcome.evidence.exchange : ''}`;
}

/** A JSON value as a message shows it: with its type, cut to a readable length. */
export function show(value: Json | undefined): string {
  const text = textOf(value);
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

/** Whether two JSON values are the same in type and value, members in the same order; no values are if too deep to tell. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  const text = textOf(a);
  return text === textOf(b) && text !== TOO_DEEP;
}

const TOO_DEEP = 'something nested too deep to show';

/** A JSON value as text. What a hostile peer nests deeper than the stack of this process is named, not written out. */
export function textOf(value: Json | undefined): string {
  try {
    return JSON.stringify(value) ?? 'nothing';
  } catch {
    return TOO_DEEP;
  }
}
