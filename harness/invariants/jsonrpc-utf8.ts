import type { Exchange } from '../trace/exchange.ts';
import { strictUtf8 } from '../wire/bytes.ts';
import { piecesOf } from '../wire/line-pieces.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { judged } from './outcomes.ts';
import { isPlain } from './target-messages.ts';

/** RFC 8259, 8.1, and the HTML standard, 9.2.5, say the same of JSON and of event streams. */
export const jsonRpcUtf8: Invariant = {
  id: 'invariant.jsonrpc.utf8',
  title: 'messages are UTF-8',
  occasion: 'a message of the server',
  requires: ['jsonrpc.utf8'],
  judge: (view) =>
    conversationOf(view).exchanges.flatMap((exchange) => {
      const bytes = wholeLines(exchange);
      if (!bytes?.length) return [];
      const text = strictUtf8(bytes);
      const breaches =
        text === null ? [{ message: `the ${exchange.payload.form} body is not valid UTF-8`, path: 'body' }] : [];
      return judged('jsonrpc.utf8', exchange, breaches, text === null || goesBeyondAscii(text));
    }),
};

/** The part of a body that is there to the end of a character: a stream that was cut may end within one. */
function wholeLines(exchange: Exchange): Uint8Array | null {
  const { bytes, form } = exchange.payload;
  if (form === 'lines') return linesThatAreMessages(exchange);
  if (!exchange.response || !isPlain(exchange) || (form !== 'json' && form !== 'sse')) return null;
  if (exchange.end?.how === 'complete') return bytes;
  return form === 'sse' ? bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1) : null;
}

/** The lines that hold messages: what else stands between them breaks another rule. */
function linesThatAreMessages({ payload }: Exchange): Uint8Array {
  const lines = Buffer.from(payload.bytes).toString('latin1').split('\n');
  const pieces = piecesOf(lines.map((line) => ({ bytes: Buffer.from(line, 'latin1') })));
  return Buffer.concat(
    pieces.filter(({ values }) => values.length > 0).flatMap((piece) => piece.lines.map(({ bytes }) => bytes)),
  );
}

/** Whether the text has characters that encodings spell differently, or spells them so that none has to. */
function goesBeyondAscii(text: string): boolean {
  return /[^\0-\x7f]/.test(text) || /\\u(?!00[0-7])[0-9a-f]{4}/i.test(text);
}
