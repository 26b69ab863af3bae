/** Thirty-two characters that are not mistaken for one another: no I, L, O and U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const PREFIX = 'SH'
const RANDOM_CHARACTERS = 16
const SHAPE = new RegExp(`^${PREFIX}[${ALPHABET}]{${RANDOM_CHARACTERS + 1}}$`)

export const TRACKING_NUMBER_EXAMPLE = formatTrackingNumber(new Uint8Array(RANDOM_CHARACTERS).fill(7))

/**
 * A tracking number from sixteen random bytes.
 *
 * Security: who knows it may see the shipment, so it holds 80 random bits and can not be guessed. The last character
 * checks the others (Luhn's sum, modulo 32): a mistyped one is told from one that never was.
 */
export function formatTrackingNumber(random: Uint8Array): string {
  if (random.length !== RANDOM_CHARACTERS)
    throw new RangeError(`a tracking number takes ${RANDOM_CHARACTERS} bytes`)
  const body = Array.from(random, (byte) => ALPHABET.charAt(byte & 31)).join('')
  return PREFIX + body + checkCharacter(body)
}

export function isTrackingNumber(text: string): boolean {
  if (!SHAPE.test(text)) return false
  const body = text.slice(PREFIX.length, -1)
  return text.endsWith(checkCharacter(body))
}

function checkCharacter(body: string): string {
  let sum = 0
  for (let index = 0; index < body.length; index += 1) {
    const value = ALPHABET.indexOf(body.charAt(index))
    // Every second one counts twice, digit by digit, so that two neighbours that changed places are noticed.
    const weighted = (body.length - index) % 2 === 1 ? value * 2 : value
    sum += Math.trunc(weighted / 32) + (weighted % 32)
  }
  return ALPHABET.charAt((32 - (sum % 32)) % 32)
}
