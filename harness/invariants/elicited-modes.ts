import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Asked, askedIn } from './asked.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { declares } from './negotiated.ts';
import { type Breach, condensed, judged, ruleAt, show } from './outcomes.ts';

const REQUIRES = ['elicit.server-respects-modes', 'elicit.form-no-sensitive', 'elicit.no-sensitive'] as const;
const [MODES, FORM_SECRETS, SECRETS] = REQUIRES;

/** In which mode a server asks the user, and what it does not ask by a form: both sides of the choice of a mode. */
export const elicitedModes: Invariant = {
  id: 'invariant.ask.modes',
  title: 'the server elicits in modes that the client declared, and asks for no secret by a form',
  occasion: 'an elicitation',
  requires: REQUIRES,
  judge: (view) =>
    askedIn(view).flatMap((asked) =>
      condensed(asked.flatMap((one) => (one.method === 'elicitation/create' ? judgeOne(one, view) : []))),
    ),
};

function judgeOne({ params, declared, exchange, path }: Asked, { revision }: TraceView): Outcome[] {
  const { mode = 'form', requestedSchema } = params;
  const known = revision >= '2025-11-25';
  const faults: Breach[] =
    known && isObject(declared.elicitation) && !suits(mode, declared.elicitation)
      ? [
          {
            message: `the server elicits in mode ${show(mode)} from a client that did not declare it`,
            path: `${path}.mode`,
            actual: mode,
          },
        ]
      : [];
  const properties =
    isObject(requestedSchema) && isObject(requestedSchema.properties) ? requestedSchema.properties : {};
  const fields = mode === 'form' ? Object.entries(properties) : [];
  const secrets = fields
    .filter(([name, field]) => asksForSecret(name, field))
    .map(([name, actual]) => ({
      message: `by the form the user is asked for a secret: ${show(name)}`,
      path: `${path}.requestedSchema.properties.${name}`,
      actual,
    }));
  return [
    ...judged(MODES, exchange, faults, known && isObject(declared.elicitation)),
    ...judged(ruleAt(revision, FORM_SECRETS, SECRETS), exchange, secrets, fields.length > 0),
  ];
}

/** An empty `elicitation` means forms (2025-11-25, client/elicitation, "Capabilities"). What is no mode breaks other rules. */
function suits(mode: Json, elicitation: JsonObject): boolean {
  if (mode === 'form') return declares(elicitation, 'form') || !declares(elicitation, 'url');
  return mode !== 'url' || declares(elicitation, 'url');
}

/**
 * How the name of a field ends that is for a secret. Only what the specification itself calls one: passwords, API keys, access
 * tokens, payment credentials (2025-11-25, client/elicitation, "User Interaction Model"). A `token` or a `key` may be anything.
 */
const SECRET_NAMES =
  /(^|_)(password|passwd|passphrase|api_?key|access_?token|client_?secret|secret_?key|private_?key|credit_?card_?number|cvv|cvc)$/;

/** Whether a field is for a text that its name calls a secret; choices, dates and yes or no are none. */
function asksForSecret(name: string, field: Json): boolean {
  if (!isObject(field) || field.type !== 'string' || 'enum' in field || 'oneOf' in field) return false;
  if (field.format !== undefined && field.format !== 'password') return false;
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
  return SECRET_NAMES.test(words);
}
