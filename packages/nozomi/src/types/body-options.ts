import type { IncomingMessage, ServerResponse } from 'node:http'

/** What every body parser takes. */
export interface Options {
  /** Accept `gzip`, `deflate`, `br` and, where node has it, `zstd` bodies (`false`: refuse them with 415). Default `true`. */
  inflate?: boolean | undefined
  /**
   * The largest body, inflated: bytes, or a string such as `'100kb'`, `'2mb'`. A larger one is refused with 413.
   * Default `'100kb'`.
   */
  limit?: number | string | undefined
  /** Which content types are parsed: MIME types, wildcards, extensions, or a function. The default is the parser's. */
  type?: string | string[] | ((req: IncomingMessage) => any) | undefined
  /**
   * Looks at the body as it came, inflated but not decoded. What it throws refuses the request, with 403 where the
   * error has no status.
   */
  verify?(req: IncomingMessage, res: ServerResponse, buf: Buffer, encoding: string): void
}

/** Options of `json()`. It parses `application/json` unless `type` says otherwise. */
export interface OptionsJson extends Options {
  /** Passed on to `JSON.parse`. */
  reviver?(key: string, value: any): any
  /** Accept only objects and arrays at the top. Default `true`. */
  strict?: boolean | undefined
  /** The charset of bodies whose Content-Type names none: an encoding of Unicode. Default `'utf-8'`. */
  defaultCharset?: string | undefined
  /**
   * What is done with a body that holds a key by which the prototype of an object could be changed (`__proto__`, or
   * `prototype` within `constructor`): refuse it with 400, drop the keys, or keep them. Default `'refuse'`.
   *
   * Differs from Express: it keeps them.
   */
  protoKeys?: 'refuse' | 'drop' | 'keep' | undefined
}

/** Options of `text()`. It parses `text/plain` unless `type` says otherwise. */
export interface OptionsText extends Options {
  /** The charset of bodies whose Content-Type names none. Default `'utf-8'`. */
  defaultCharset?: string | undefined
}

/** Options of `urlencoded()`. It parses `application/x-www-form-urlencoded` unless `type` says otherwise. */
export interface OptionsUrlencoded extends Options {
  /** Parse with `qs`, so that `a[b]=c` gives objects. Default `false`. */
  extended?: boolean | undefined
  /** The most parameters in one body; more are refused with 413. Default `1000`. */
  parameterLimit?: number | undefined
  /** How deep objects may nest with `extended`; deeper ones are refused with 400. Default `32`. */
  depth?: number | undefined
  /** The charset of bodies whose Content-Type names none: `'utf-8'` or `'iso-8859-1'`. Default `'utf-8'`. */
  defaultCharset?: string | undefined
  /** Let a parameter `utf8=✓` choose the charset, as some forms send it. Default `false`. */
  charsetSentinel?: boolean | undefined
  /** Turn `&#9786;` into the character in `iso-8859-1` bodies. Default `false`. */
  interpretNumericEntities?: boolean | undefined
  /**
   * Keep keys that name members of every object (`toString`, `hasOwnProperty`). Default `false`: they are left out.
   *
   * Differs from Express: it keeps them.
   */
  allowPrototypes?: boolean | undefined
}

/** What the parsers give: middleware for this framework, for connect and for plain node:http. */
export interface BodyParser {
  (req: IncomingMessage, res: ServerResponse, next: (err?: any) => void): void
}
