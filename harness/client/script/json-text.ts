import type { Json } from '../../../spec/messages.ts';
import type { Reply } from './server-script.ts';

/** A JSON value as text, in one of the forms that RFC 8259 allows. */
export function jsonText(value: Json, form: Reply['form'] = 'compact'): string {
  switch (form) {
    case 'compact':
      return JSON.stringify(value);
    case 'pretty':
      return `\r\n${JSON.stringify(value, null, '\t')}\n`;
    case 'escaped':
      return JSON.stringify(value)
        .replaceAll('/', '\\/')
        .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }
}
