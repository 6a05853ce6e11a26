import { type FileSchema, fileSchema } from '../../spec/data-file.ts';
import { REVISIONS } from '../../spec/revisions.ts';
import type { EncodedBytes } from '../wire/bytes.ts';
import type { TraceEvent, TraceHeader } from './trace.ts';

/** An event as a trace file has it: the same, but for the form of bytes. */
export type EventLine = Encoded<TraceEvent>;

type Encoded<E> = E extends TraceEvent
  ? { [Key in keyof E]: E[Key] extends Uint8Array ? EncodedBytes : E[Key] }
  : never;

/** The first line of a trace in a file. */
export type HeaderLine = TraceHeader & { readonly kind: 'trace' };

/** One line of a trace file. */
export type TraceLine = HeaderLine | EventLine;

/** The version of the format that this program writes and reads. */
export const TRACE_VERSION = 1;

const text = { type: 'string' };
const number = { type: 'number' };
const count = { type: 'integer', minimum: 0 };
const step = { type: ['integer', 'null'] };
const pairs = { type: 'array', items: { type: 'array', minItems: 2, maxItems: 2, items: text } };
const bytes = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: { text, base64: { type: 'string', pattern: '^[A-Za-z0-9+/]*={0,2}$' } },
};
const endings = ['complete', 'closed-by-harness', 'refused', 'broken', 'timeout', 'limit'];

/** What each kind of line holds; members in the second group may be missing. */
const LINES: { [kind: string]: [required: object, optional?: object] } = {
  trace: [
    {
      version: { const: TRACE_VERSION },
      case: text,
      side: { enum: ['server', 'client'] },
      revision: { enum: [...REVISIONS] },
      transport: { enum: ['streamable-http', 'http+sse', 'stdio'] },
      target: text,
      startedAt: text,
      variables: { type: 'object' },
    },
    { seed: { type: 'integer' } },
  ],
  step: [{ at: number, step: { type: 'integer' } }, { example: text }],
  request: [
    { at: number, exchange: count, client: text, step, method: text, url: text, headers: pairs, body: bytes },
    { stream: count },
  ],
  response: [{ at: number, exchange: count, status: { type: 'integer' }, headers: pairs }],
  chunk: [{ at: number, exchange: count, bytes }],
  end: [{ at: number, exchange: count, how: { enum: endings } }, { detail: text }],
  line: [{ at: number, client: text, bytes, terminated: { type: 'boolean' } }],
  stderr: [{ at: number, client: text, bytes }],
  stop: [{ at: number, client: text, how: { enum: ['end-of-input', 'SIGTERM', 'SIGKILL'] } }],
  exit: [
    {
      at: number,
      client: text,
      code: { type: ['integer', 'null'] },
      signal: { type: ['string', 'null'] },
      failure: { type: ['string', 'null'] },
    },
  ],
};

const validators = new Map<string, FileSchema<TraceLine>>(
  Object.entries(LINES).map(([kind, [required, optional = {}]]) => [
    kind,
    fileSchema<TraceLine>({
      type: 'object',
      additionalProperties: false,
      required: ['kind', ...Object.keys(required)],
      properties: { kind: { const: kind }, ...required, ...optional },
    }),
  ]),
);

/** Reads one line; a text in place of the line says what is wrong with it. */
export function readTraceLine(line: string): TraceLine | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not a line of JSON';
  }
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : null;
  const validate = validators.get(kind ?? '');
  if (!validate) return `"kind" must be one of ${Object.keys(LINES).join(', ')}`;
  if (validate(value)) return value;
  const [problem] = validate.errors;
  const where = problem?.instancePath ? `"${problem.instancePath.slice(1).replaceAll('/', '.')}"` : `the ${kind} line`;
  switch (problem?.keyword) {
    case 'const':
      return `${where} must be ${JSON.stringify(problem.params.allowedValue)}`;
    case 'enum':
      return `${where} must be one of ${problem.params.allowedValues.join(', ')}`;
    case 'additionalProperties':
      return `${where} has an unknown member "${problem.params.additionalProperty}"`;
    default:
      return `${where} ${problem?.message ?? 'is wrong'}`;
  }
}
