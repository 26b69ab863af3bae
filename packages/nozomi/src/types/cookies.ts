/** How `res.cookie()` and `res.clearCookie()` write the cookie (RFC 6265 §4.1.2). */
export interface CookieOptions {
  /** Life time in **milliseconds** from now; written as `Max-Age` in seconds and as `Expires`. */
  maxAge?: number | undefined
  /** Sign the value with the secret given to cookie-parser. Default `false`. */
  signed?: boolean | undefined
  /** When the cookie ends. Default: with the browser's session. */
  expires?: Date | undefined
  /** Keep the cookie from scripts. Default `false`. */
  httpOnly?: boolean | undefined
  /** Default `'/'`. */
  path?: string | undefined
  /** Default: the host that answered, without its subdomains. */
  domain?: string | undefined
  /** Send the cookie over HTTPS only. Default `false`. */
  secure?: boolean | undefined
  /** Turns the value into what is written. Must be synchronous. Default `encodeURIComponent`. */
  encode?: ((val: string) => string) | undefined
  /** Whether requests from other sites carry the cookie. `true` is `'strict'`. Default: not written. */
  sameSite?: boolean | 'lax' | 'strict' | 'none' | undefined
  /** Which cookies a browser that has too many of them keeps. Default: not written. */
  priority?: 'low' | 'medium' | 'high'
  /** Keep one cookie for each top-level site (CHIPS); needs `secure`. Default `false`. */
  partitioned?: boolean | undefined
}
