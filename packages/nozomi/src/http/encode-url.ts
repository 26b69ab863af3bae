/*
 * A URL that may hold anything, made fit for a header field or a page.
 *
 * Parity: the result is that of `encodeurl` 2. What is percent-encoded already stays, so encoding twice changes
 * nothing; `^`, `[`, `]`, `|` and `\` stay too, because browsers read them as they stand. A caller for whom a backslash
 * matters (browsers take it for a slash) must deal with it.
 */

/** A run of characters that can't stand in a URL, or a `%` that begins no encoded octet. */
const UNFIT = /[^!#-;=?-_a-z|~]+|%(?![0-9A-Fa-f]{2})/
const EACH_UNFIT = new RegExp(UNFIT, 'g')

/** Half a surrogate pair: no character, `encodeURIComponent()` throws for it. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu

export function encodeUrl(url: string): string {
  return UNFIT.test(url) ? url.replace(LONE_SURROGATE, '\ufffd').replace(EACH_UNFIT, encodeURIComponent) : url
}
