/** An element of an XML text: its name and how deep it lies. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Text right in it, sections of character data included. */
  text: string;
  readonly children: XmlElement[];
}

const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * Reads as much of XML 1.0 as a JUnit file holds, to hold writers against it.
 *
 * @throws Error when the text is not well-formed
 */
export function readXml(xml: string): XmlElement {
  const illegal = ILLEGAL.exec(xml);
  if (illegal) throw new Error(`character ${JSON.stringify(illegal[0])} at ${illegal.index}`);
  const root: XmlElement = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  TOKEN.lastIndex = xml.indexOf('?>') + 2;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(xml);
    if (!match) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 40)}`);
    take(match, open);
  }
  const [top] = root.children;
  if (open.length !== 1 || !top) throw new Error('an element is not closed');
  return top;
}

function take(token: RegExpExecArray, open: XmlElement[]): void {
  const [, data, closed, opened, attributes = '', empty, text] = token;
  const parent = open.at(-1);
  if (!parent) throw new Error('an element is closed that was not open');
  parent.text += data ?? decode(text ?? '');
  if (closed !== undefined) {
    if (closed !== parent.name) throw new Error(`</${closed}> ends <${parent.name}>`);
    open.pop();
  } else if (opened !== undefined) {
    const element: XmlElement = { name: opened, attributes: readAttributes(attributes), text: '', children: [] };
    parent.children.push(element);
    if (!empty) open.push(element);
  }
}

/** Every element of a name below an element. */
export function elements(top: XmlElement, name: string): XmlElement[] {
  return top.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elements(child, name)]);
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decode(value)]),
  );
}

function decode(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]+)|(lt|gt|amp|quot));|&/gi, (whole, hex?: string, name?: string) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    const named = { lt: '<', gt: '>', amp: '&', quot: '"' }[name ?? ''];
    if (named === undefined) throw new Error(`${whole} is no reference`);
    return named;
  });
}
