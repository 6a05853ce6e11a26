import type { Json, JsonObject } from '../../../spec/messages.ts';
import { isObject } from '../../envelope/message.ts';

const FIELDS: readonly (readonly [field: string, label: string])[] = [
  ['id', 'Number'],
  ['email', 'E-mail'],
  ['phone', 'Phone'],
  ['date_of_birth', 'Date of birth'],
  ['gender', 'Gender'],
  ['company', 'Company'],
  ['salary', 'Salary'],
  ['about_me', 'About'],
];

const MOST_CHARACTERS = 5000;

/** A user as Markdown: the name as a heading, then one line a field. Fields that are absent or null have no line. */
export function userMarkdown(user: JsonObject): string {
  const name = [user.name, user.surname].map(plain).filter(Boolean).join(' ');
  const lines = FIELDS.map(([field, label]) => line(label, plain(user[field])));
  const heading = `## ${name === '' ? 'A user without a name' : name}`;
  const all = [...lines, line('Address', address(user.address)), line('Credit card', creditCard(user.credit_card))];
  return [heading, '', ...all.filter((one) => one !== undefined)].join('\n');
}

/**
 * Text from elsewhere made safe to stand in Markdown: on one line, without control characters, with no character that
 * Markdown or HTML would read as more than itself (2025-11-25, server/tools: servers sanitise what tools put out).
 */
export function plain(value: Json | undefined): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  const text = value.length > MOST_CHARACTERS ? `${value.slice(0, MOST_CHARACTERS)}…` : value;
  return (
    text
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .replace(/[\\`*[\]<>#|~]/g, String.raw`\$&`)
      // Inside a word an underscore is only itself, and an e-mail address should stay one that can be copied.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
      .trim()
  );
}

function line(label: string, value: string): string | undefined {
  return value === '' ? undefined : `- **${label}:** ${value}`;
}

function address(value: Json | undefined): string {
  if (!isObject(value)) return '';
  return [value.country, value.city, value.street, value.flat_house].map(plain).filter(Boolean).join(', ');
}

/** The last four digits and the expiry of a card; never more of the number, and never its verification code. */
function creditCard(value: Json | undefined): string {
  if (!isObject(value)) return '';
  const digits =
    typeof value.num === 'string' || typeof value.num === 'number' ? String(value.num).replace(/\D/g, '') : '';
  const number = digits.length >= 12 ? `•••• ${digits.slice(-4)}` : '••••';
  const expiry = plain(value.exp_date);
  return expiry === '' ? number : `${number}, expires ${expiry}`;
}
