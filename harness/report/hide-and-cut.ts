/** Longer than secrets are: the part of a window that may hold the beginning of one without its end. */
const MARGIN = 16_384;

/**
 * The beginning of a text, secrets hidden. Hides before it cuts, because half a secret is one too; and looks only at what
 * is shown and a margin, because texts of a target may be long.
 */
export function hideAndCut(text: string, most: number, hide: (text: string) => string): string {
  if (text.length <= most) return hide(text);
  const window = text.slice(0, most + MARGIN);
  const hidden = hide(window);
  const whole = window.length < text.length ? hidden.slice(0, Math.max(0, hidden.length - MARGIN)) : hidden;
  return `${whole.slice(0, most)}... (${text.length} characters)`;
}
