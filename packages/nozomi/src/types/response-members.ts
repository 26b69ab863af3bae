import type { ServerResponse } from 'node:http'
import type { CookieOptions } from './cookies.js'
import type { Locals } from './namespace.js'
import type { DownloadOptions, SendFileOptions } from './static-options.js'

/** Called when a transfer ended, with the error that ended it or without one. */
export type Errback = (err?: Error) => void

/** What a response field may be set to. */
export type FieldValue = string | number | readonly string[]

/**
 * All of a response that names neither the request nor the application.
 *
 * @see https://expressjs.com/en/5x/api/response/
 */
export interface ResponseMembers<ResBody, LocalsObj extends Record<string, any>, StatusCode extends number>
  extends ServerResponse,
    Express.Response {
  /**
   * Sets the status, 100 to 999.
   *
   * @throws TypeError when it is not an integer; RangeError when it is out of range.
   */
  status(code: StatusCode): this

  /** Sets the status and sends its name as plain text: `res.sendStatus(404)` answers `Not Found`. */
  sendStatus(code: StatusCode): this

  /**
   * Adds to the Link field (RFC 8288): relation to URL, or to a list of URLs.
   *
   * Differs from Express: a value can't close its link and start another one.
   *
   * @example
   * res.links({ next: 'https://api.example.com/users?page=2', last: 'https://api.example.com/users?page=5' })
   */
  links(links: object): this

  /**
   * Sends the body and ends the response: a string as HTML, bytes as `application/octet-stream`, anything else as
   * JSON, unless a Content-Type is set. Writes Content-Length and, by the setting `etag`, an entity tag; answers 304
   * where the client's copy is fresh, and HEAD without the body.
   */
  send: (body?: ResBody) => this

  /** Sends the value as JSON, by the settings `json escape`, `json replacer` and `json spaces`. */
  json: (body?: ResBody) => this

  /** As `json()`, wrapped into a call of the function that the query names (setting `jsonp callback name`). */
  jsonp: (body?: ResBody) => this

  /**
   * Sends a file, with its Content-Type, entity tag, ranges and conditions; `next` gets the error unless there is a
   * callback.
   *
   * @param path absolute, or relative to `options.root`, which it can't leave. With a path that a user chose, give
   * `root`.
   * @throws TypeError when the path is no string, or neither absolute nor with a `root`.
   */
  sendFile(path: string, fn?: Errback): void
  sendFile(path: string, options: SendFileOptions, fn?: Errback): void

  /** As `sendFile()`, to be saved by the client under a file name: that of the path unless another is given. */
  download(path: string, fn?: Errback): void
  download(path: string, filename: string | DownloadOptions, fn?: Errback): void
  download(path: string, filename: string, options: DownloadOptions, fn?: Errback): void

  /** The same as `type()`. */
  contentType(type: string): this

  /** Sets Content-Type: a MIME type as it is, or an extension (`'html'`, `'.png'`), with its charset. */
  type(type: string): this

  /** Sets Content-Disposition to `attachment` and, with a file name, Content-Type by its extension. */
  attachment(filename?: string): this

  /**
   * Sets a field, or each field of an object. A list makes one field line for each value. Content-Type gets a charset
   * where the type has one.
   */
  set(field: object): this
  set(field: string, value?: FieldValue): this

  /** The same as `set()`. */
  header(field: object): this
  header(field: string, value?: FieldValue): this

  /** Whether the head is on its way; status and fields can't change any more. */
  headersSent: boolean

  /** The value of a response field, whatever the case of its name. */
  get(field: string): string | undefined

  /** Tells the client to forget a cookie: `path` and `domain` must be those it was set with. */
  clearCookie(name: string, options?: CookieOptions): this

  /**
   * Sets a cookie. A value that is no string is written as JSON, with `j:` in front, which cookie-parser reads.
   *
   * @example
   * res.cookie('remember', '1', { maxAge: 900_000, httpOnly: true, sameSite: 'lax', secure: true })
   */
  cookie(name: string, val: string, options: CookieOptions): this
  cookie(name: string, val: any, options: CookieOptions): this
  cookie(name: string, val: any): this

  /**
   * Sets Location, percent-encoding what may not stand in a URL.
   *
   * Differs from Express: so are backslashes at the start of a path, which browsers would read as slashes.
   */
  location(url: string): this

  /**
   * Answers 302, or the given status, with a Location and a short body in the format that the client likes. Never pass
   * it a URL that a user chose without checking where it leads.
   */
  redirect(url: string): void
  redirect(status: number, url: string): void

  /**
   * Renders a view with `app.locals`, `res.locals` and the options, and sends it as HTML. With a callback nothing is
   * sent; without one, errors go to `next`.
   *
   * Differs from Express: the name can't lead out of the folders of `views`, and `settings` among the options can't
   * replace those of the application (settings `views anywhere`, `view settings from values`).
   */
  render(view: string, callback?: (err: Error, html: string) => void): void
  render(view: string, options?: object, callback?: (err: Error, html: string) => void): void

  /** Values for this response's views and later handlers. */
  locals: LocalsObj & Locals

  /** @deprecated Declared by @types/express, set by no Express since version 4. */
  charset: string

  /** Adds to the Vary field what isn't in it yet. */
  vary(field: string | string[]): this

  /** Adds values to a field. A later `set()` of the same field replaces them. */
  append(field: string, value?: FieldValue): this
}
