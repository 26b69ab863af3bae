/*
 * Which names stand for secrets. A name is compared without case and without separators: `access_token`, `accessToken`
 * and `Access-Token` are one.
 */

/** Fields that hold credentials as a whole. */
const SECRET_FIELDS = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
  'x-auth-token',
  'x-access-token',
  'x-csrf-token',
  'x-xsrf-token',
  'x-amz-security-token',
  'x-goog-iap-jwt-assertion',
  'cf-access-jwt-assertion',
  'x-hub-signature',
  'x-hub-signature-256',
  'stripe-signature',
]

/** Whatever has one of these in its name: `user[password]`, `resetToken`, `X-Amz-Signature`. */
const SECRET_PARTS = [
  'token',
  'secret',
  'password',
  'passwd',
  'passphrase',
  'apikey',
  'accesskey',
  'privatekey',
  'signature',
  'credential',
  'authorization',
  'jwt',
  'sessionid',
]

/** Too short to be looked for inside of others. */
const SECRET_WORDS = [
  'key',
  'sig',
  'auth',
  'code',
  'pwd',
  'pass',
  'pin',
  'otp',
  'sid',
  'session',
  'assertion',
]

const words = new Set(SECRET_WORDS)

/** Whether the value of a field is secret as a whole. */
export function compileFieldNames(own: readonly string[] = []): (name: string) => boolean {
  const names = new Set([...SECRET_FIELDS, ...own].map((name) => name.toLowerCase()))
  return remembered((lower) => names.has(lower) || hasSecretPart(bare(lower)))
}

/** Whether the value of a parameter is secret. */
export function compileParameterNames(own: readonly string[] = []): (name: string) => boolean {
  const names = new Set(own.map((name) => bare(name.toLowerCase())))
  return remembered((lower) => {
    const plain = bare(lower)
    return words.has(plain) || names.has(plain) || hasSecretPart(plain)
  })
}

/** Names come again and again; those that clients make up must not grow what is remembered. */
const MOST_REMEMBERED = 1_000
const LONGEST_REMEMBERED = 100

function remembered(asks: (lower: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    const answer = known.get(name)
    if (answer !== undefined) return answer
    const found = asks(name.toLowerCase())
    if (known.size < MOST_REMEMBERED && name.length <= LONGEST_REMEMBERED) known.set(name, found)
    return found
  }
}

function hasSecretPart(plain: string): boolean {
  return SECRET_PARTS.some((part) => plain.includes(part))
}

function bare(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '')
}
