/**
 * A cursor is a place in a room's messages, as text: clients hand it back as it is. It holds no secret, and what comes
 * in is checked like any other input.
 */
const MAX_SEQUENCE = 2_147_483_647

export function formatCursor(sequence: number): string {
  return Buffer.from(`before ${sequence}`).toString('base64url')
}

/** Null when the text is no cursor. */
export function parseCursor(text: string): number | null {
  if (text.length > 40) return null
  const [, digits] = /^before ([1-9]\d{0,9})$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  const sequence = Number(digits)
  return digits !== undefined && sequence <= MAX_SEQUENCE ? sequence : null
}
