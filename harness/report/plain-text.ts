/**
 * Characters that a terminal, an XML parser or a reader would not take for text: controls (ANSI escapes begin with one),
 * invisible and direction-changing characters, lone surrogates and code points that are no characters.
 */
const UNSAFE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Text of a target as it may stand in any output: line breaks and tabs stay, other control characters become visible. */
export function plainText(text: string): string {
  return text.replace(UNSAFE, spell);
}

/** Text of a target on one line. */
export function oneLine(text: string): string {
  return plainText(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** The first `most` characters of a text, with the number of all where some are left out. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}... (${text.length} characters)` : text;
}

/** Escapes the characters that JSON allows and a terminal may act on, so that a JSON text can be shown as it is. */
export function plainJson(json: string): string {
  return json.replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at), 4)}`).join(''),
  );
}

function spell(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\r') return '\\r';
  return code <= 0xff ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
