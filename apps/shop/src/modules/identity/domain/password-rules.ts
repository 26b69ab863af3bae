export const PASSWORD_LENGTH = { min: 10, max: 200 } as const

/** What people choose when only the length is asked for. In the form of `simplified`. */
const COMMON = new Set([
  '1234567890',
  '12345678910',
  '0123456789',
  '0987654321',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'abcdefghij',
  'changemenow',
  'iloveyou123',
  'letmeinplease',
  'password12',
  'password123',
  'password1234',
  'passw0rd123',
  'qwertyuiop',
  'qwerty12345',
  'qwerty123456',
  'welcome123',
  'welcome1234',
])

/** A password as it is hashed: the same, however the keyboard composed its accents. */
export function normalizePassword(text: string): string {
  return text.normalize('NFKC')
}

/**
 * What is wrong with a new password, to be read after its name; null when nothing is. Length is what counts (NIST SP
 * 800-63B): no rules about digits and signs, which people answer with `Password1!`.
 */
export function passwordProblem(password: string, email: string, name: string): string | null {
  const simple = simplified(password)
  if (COMMON.has(simple)) return 'is one of the passwords that everybody tries first'
  if (new Set(simple).size < 4) return 'has hardly any different characters'
  const own = [email, email.split('@')[0] ?? '', name].map(simplified)
  return own.includes(simple) ? 'is the e-mail address or the name' : null
}

function simplified(text: string): string {
  return normalizePassword(text).toLowerCase().replaceAll(/\s/g, '')
}
