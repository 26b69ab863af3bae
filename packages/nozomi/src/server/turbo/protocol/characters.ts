/*
 * The character classes of the protocol, as tables over all bytes.
 *
 * Perf: `TABLE[byte]` is one load, where a chain of comparisons is several branches. Tables of 256 bytes need no
 * bounds check beyond the one for `undefined` at the end of the input, which reads as "no member".
 */

export const HTAB = 0x09
export const LF = 0x0a
export const CR = 0x0d
export const SP = 0x20
export const QUOTE = 0x22
export const COLON = 0x3a
export const SEMICOLON = 0x3b
export const EQUALS = 0x3d
export const BACKSLASH = 0x5c

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** RFC 9110 §5.6.2: what names of fields and methods are made of. */
export const TOKEN = tableOf((code) => `${ALPHANUMERIC}!#$%&'*+-.^_\`|~`.includes(String.fromCharCode(code)))

/**
 * RFC 9110 §5.5: visible characters, obs-text (0x80 and above), space and tab. No other control character: a zero
 * byte, a bare CR or LF ends the value for one reader and not for the next.
 */
export const FIELD_VALUE = tableOf((code) => code === HTAB || (code >= 0x20 && code !== 0x7f))

/** RFC 9110 §5.6.4: what may stand in a quoted-string as it is; a backslash escapes the next one. */
export const QUOTED = tableOf((code) => FIELD_VALUE[code] === 1 && code !== QUOTE && code !== BACKSLASH)

/**
 * What a request target may hold: visible ASCII but `#`. RFC 3986 §2 has a few less, but browsers leave `[]{}|\\^` and
 * quotes in queries, and nobody reads those in two ways. A blank or control character ends the target for one reader and
 * not for the next; a fragment is no part of any form (RFC 9112 §3.2).
 */
export const TARGET = tableOf((code) => code > 0x20 && code < 0x7f && code !== 0x23)

/** The value of a hexadecimal digit, or 255. */
export const HEX_VALUE = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase())
  return value === -1 ? 255 : value
})

function tableOf(isMember: (code: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => (isMember(code) ? 1 : 0))
}
