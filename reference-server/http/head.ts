import type { IncomingMessage } from 'node:http';

/** What a request says before its body. */
export interface RequestHead {
  method: string;
  /** Without the query. */
  path: string;
  /** How many header fields it has. */
  fieldCount: number;
  /** The values of each header field, in the order they came, by its name in lower case. */
  fields: Readonly<Record<string, readonly string[] | undefined>>;
}

/** Reads the head of a request. */
export function headOf(request: IncomingMessage): RequestHead {
  const target = request.url ?? '';
  const fields = request.headersDistinct;
  const { path, host } = readTarget(target);
  return {
    method: request.method ?? '',
    path,
    fieldCount: request.rawHeaders.length / 2,
    fields: host === undefined ? fields : { ...fields, host: [host] },
  };
}

/** The value of a header field; several fields of one name are one list (RFC 9110, section 5.3). Undefined if absent. */
export function field(head: RequestHead, name: string): string | undefined {
  return head.fields[name]?.join(', ');
}

/** A target may be a whole URL, and then its host counts and not the Host field (RFC 9112, section 3.2.2). */
function readTarget(target: string): { path: string; host: string | undefined } {
  if (/^https?:\/\//i.test(target) && URL.canParse(target)) {
    const { pathname, host } = new URL(target);
    return { path: pathname, host };
  }
  return { path: target.replace(/[?#].*$/s, ''), host: undefined };
}
