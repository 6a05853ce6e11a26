/** A text that is given to a server to be recognised later, and what is put in its place, as long. */
export const MARK = 'assay-mark-a';
const OTHER_MARK = 'assay-mark-b';

/**
 * A text of a server's own making with the mark in it exchanged for the other, also where it is in Base64; undefined where the
 * mark cannot be found.
 */
export function meddled(text: string): string | undefined {
  const changed = text
    .replaceAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g, (run) => (run.includes(MARK) ? run : meddledInBase64(run)))
    .replaceAll(MARK, OTHER_MARK);
  return changed === text ? undefined : changed;
}

function meddledInBase64(run: string): string {
  const decoded = Buffer.from(run, 'base64').toString('latin1');
  if (!decoded.includes(MARK)) return run;
  const bytes = Buffer.from(decoded.replaceAll(MARK, OTHER_MARK), 'latin1');
  const plain = /[+/]/.test(run) || run.endsWith('=');
  return plain ? padded(bytes.toString('base64'), run) : bytes.toString('base64url');
}

function padded(text: string, like: string): string {
  return like.endsWith('=') ? text : text.replace(/=+$/, '');
}
