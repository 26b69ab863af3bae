/*
 * Text made safe to stand in HTML, between tags or in a quoted attribute.
 *
 * Parity: the five characters and their references are those of `escape-html`.
 */

const SPECIAL = /["&'<>]/
const EACH_SPECIAL = /["&'<>]/g

const REFERENCES: Record<string, string> = {
  '"': '&quot;',
  '&': '&amp;',
  "'": '&#39;',
  '<': '&lt;',
  '>': '&gt;',
}

export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replace(EACH_SPECIAL, referenceOf) : text
}

function referenceOf(character: string): string {
  return REFERENCES[character] as string
}
