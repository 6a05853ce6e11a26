import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type PlacedKey, placedKeys } from './meta-keys.ts';
import { speaksRevision } from './negotiated.ts';
import { type Breach, judged, show } from './outcomes.ts';

const RULE = 'meta.trace-format';

/** What a value of each key of OpenTelemetry's has to look like, and where that stands. */
const FORMATS: ReadonlyMap<string, { readonly fits: (value: string) => boolean; readonly standard: string }> = new Map([
  ['traceparent', { fits: isTraceparent, standard: 'W3C Trace Context' }],
  ['tracestate', { fits: isTracestate, standard: 'W3C Trace Context' }],
  ['baggage', { fits: isBaggage, standard: 'W3C Baggage' }],
]);

/** The trace context that a server passes on in `_meta` (2026-07-28, basic, "_meta"). */
export const traceContext: Invariant = {
  id: 'invariant.meta.trace-context',
  title: 'traceparent, tracestate and baggage in _meta are written as their standards say',
  occasion: 'trace context in the messages of the server',
  requires: [RULE],
  judge: (view) =>
    view.facts.era !== 'stateless'
      ? []
      : conversationOf(view).exchanges.flatMap((exchange) => {
          if (!speaksRevision(view, exchange)) return [];
          const context = placedKeys(exchange).filter(({ key }) => FORMATS.has(key));
          return judged(RULE, exchange, context.flatMap(fault), context.length > 0);
        }),
};

function fault({ key, value, path }: PlacedKey): Breach[] {
  const format = FORMATS.get(key);
  if (!format || (typeof value === 'string' && format.fits(value))) return [];
  return [
    {
      message: `${key} is not written as in ${format.standard}: ${show(value)}`,
      path: `${path}.${key}`,
      actual: value,
    },
  ];
}

/** Trace Context, 3.2: a later version may say more after what this one says. */
function isTraceparent(value: string): boolean {
  const [, version = '', trace = '', parent = '', more] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/.exec(value) ?? [];
  return version !== '' && version !== 'ff' && !isZero(trace) && !isZero(parent) && (version !== '00' || !more);
}

function isZero(digits: string): boolean {
  return /^0*$/.test(digits);
}

/** Trace Context, 3.3: up to 32 members, of which any may be empty; keys as either edition of the standard has them. */
function isTracestate(value: string): boolean {
  const key = '[a-z0-9][a-z0-9_*/-]{0,255}(?:@[a-z0-9][a-z0-9_*/-]{0,13})?';
  const member = new RegExp(
    `^(?:${key}=[\\x20-\\x2B\\x2D-\\x3C\\x3E-\\x7E]{0,255}[\\x21-\\x2B\\x2D-\\x3C\\x3E-\\x7E])?$`,
  );
  const members = membersOf(value);
  return members.length <= 32 && members.every((one) => member.test(one));
}

/** Baggage, 3.2.1: keys with values and, after semicolons, properties; nothing at all says that there is none. */
function isBaggage(value: string): boolean {
  const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  const pair = `${token}[ \\t]*=[ \\t]*[\\x21\\x23-\\x2B\\x2D-\\x3A\\x3C-\\x5B\\x5D-\\x7E]*`;
  const member = new RegExp(`^${pair}(?:[ \\t]*;[ \\t]*(?:${pair}|${token}))*$`);
  return value.trim() === '' || membersOf(value).every((one) => member.test(one));
}

function membersOf(list: string): string[] {
  return list.split(',').map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ''));
}
