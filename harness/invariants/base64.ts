import type { Json } from '../../spec/messages.ts';
import { type Breach, show } from './outcomes.ts';

/**
 * What is wrong with a string as base64 (RFC 4648, section 4). Text that some decoders take all the same, because it
 * has the URL-safe alphabet, line breaks or no padding, is a warning only.
 */
export function base64Fault(value: Json | undefined, path: string): Breach[] {
  if (typeof value !== 'string')
    return [{ message: `binary data must be a base64 string, was ${show(value)}`, path, actual: value }];
  const actual = value;
  if (/[^A-Za-z0-9+/=_\-\s]/.test(value) || /=[^=\s]/.test(value)) {
    return [{ message: `binary data is not base64: ${show(value)}`, path, actual }];
  }
  if (value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)) return [];
  const message = `binary data is base64 in a form that not every decoder takes: ${show(value)}`;
  return [{ message, path, actual, atMost: 'warn' }];
}
