import { MIMEType } from 'node:util';
import type { Settings } from '../options.ts';
import { field, type RequestHead } from './head.ts';
import { type Refusal, refuse } from './reply.ts';

const JSON_TYPE = 'application/json';
const STREAM_TYPE = 'text/event-stream';

/**
 * A client must be able to read whatever comes back: for POST that is JSON or a stream, as the server chooses, and for GET a
 * stream (2025-11-25, basic/transports). No Accept field at all means that everything is welcome (RFC 9110, section 12.5.1).
 */
export function checkAccept(head: RequestHead, { path, ssePath }: Settings): Refusal | undefined {
  // The older transport answers its POST with nothing to read, and metadata is neither message nor stream.
  if ((head.method !== 'POST' && head.method !== 'GET') || ![path, ssePath].includes(head.path)) return undefined;
  const accept = field(head, 'accept');
  const needed = head.method === 'POST' ? [JSON_TYPE, STREAM_TYPE] : [STREAM_TYPE];
  if (accept === undefined || needed.every((type) => accepts(accept, type))) return undefined;
  return refuse(406, `The Accept field of a ${head.method} must allow ${needed.join(' and ')}.`);
}

/**
 * Whether an Accept field allows a media type: the most specific range that matches decides, and a weight of 0 forbids
 * (RFC 9110, section 12.5.1). Parameters of a range other than its weight are not looked at.
 */
export function accepts(accept: string, type: string): boolean {
  const ranges = rangesOf(accept);
  const main = type.slice(0, type.indexOf('/'));
  const best = [type, `${main}/*`, '*/*'].find((range) => ranges.has(range));
  return best !== undefined && (ranges.get(best) ?? 0) > 0;
}

/** The ranges of an Accept field with their weights. A range that cannot be read is left out. */
function rangesOf(accept: string): Map<string, number> {
  const ranges = new Map<string, number>();
  // Commas separate ranges, except those inside a quoted string.
  for (const part of accept.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []) {
    const range = mimeType(part);
    if (range === undefined) continue;
    const weight = range.params.get('q') ?? '1';
    if (!/^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight)) continue;
    ranges.set(range.essence, Math.max(ranges.get(range.essence) ?? 0, Number(weight)));
  }
  return ranges;
}

/** A body must be JSON, in UTF-8, as it is: neither in another charset nor compressed. */
export function checkContentType(head: RequestHead): Refusal | undefined {
  const type = mimeType(field(head, 'content-type') ?? '');
  const charset = type?.params.get('charset') ?? 'utf-8';
  if (type?.essence !== JSON_TYPE || charset.toLowerCase() !== 'utf-8') {
    return refuse(415, `The Content-Type of a POST must be ${JSON_TYPE}, in UTF-8.`);
  }
  const coding = field(head, 'content-encoding') ?? 'identity';
  return coding.toLowerCase() === 'identity' ? undefined : refuse(415, 'The body must not be compressed.');
}

/** Refuses a body that says it is too long before any of it is read (RFC 9110, section 15.5.14). */
export function checkLength(head: RequestHead, { maxBodyBytes }: Settings): Refusal | undefined {
  return Number(field(head, 'content-length') ?? 0) > maxBodyBytes ? tooLarge(maxBodyBytes) : undefined;
}

/** The refusal of a body of more than so many bytes. */
export function tooLarge(maxBodyBytes: number): Refusal {
  return refuse(413, `The body must not be longer than ${maxBodyBytes} bytes.`);
}

function mimeType(text: string): MIMEType | undefined {
  try {
    return new MIMEType(text);
  } catch {
    return undefined;
  }
}
