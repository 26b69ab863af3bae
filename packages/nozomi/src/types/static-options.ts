import type { Stats } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** How one file is sent: what `res.sendFile()`, `res.download()` and `static()` have in common. */
export interface SendOptions {
  /** Answer Range requests. Default `true`. */
  acceptRanges?: boolean | undefined
  /** Write `Cache-Control` (`false`: `immutable` and `maxAge` are ignored). Default `true`. */
  cacheControl?: boolean | undefined
  /**
   * What is done for a path with a segment that starts with a dot: send it, refuse it with 403, or answer 404.
   * Default `'ignore'`.
   */
  dotfiles?: 'allow' | 'deny' | 'ignore' | undefined
  /** Last byte to send, itself included. Default: the file's last. */
  end?: number | undefined
  /** Write an entity tag. Default `true`. */
  etag?: boolean | undefined
  /** Extensions to try, in order, when the file doesn't exist. Default `false`. */
  extensions?: string[] | string | boolean | undefined
  /** Add `immutable` to `Cache-Control`. Default `false`. */
  immutable?: boolean | undefined
  /** Files to look for in a folder. Default `'index.html'`. */
  index?: string[] | string | boolean | undefined
  /** Write `Last-Modified`. Default `true`. */
  lastModified?: boolean | undefined
  /** How long caches may keep the file: **milliseconds**, or a string such as `'1d'`. Default `0`. */
  maxAge?: string | number | undefined
  /** The folder that the path is relative to and can't leave. */
  root?: string | undefined
  /** First byte to send. Default `0`. */
  start?: number | undefined
}

/** Options of `res.sendFile()`. */
export interface SendFileOptions extends SendOptions {
  /** Fields to send with the file. */
  headers?: Record<string, unknown>
}

/** Options of `res.download()`. */
export interface DownloadOptions extends SendOptions {
  /** Fields to send with the file; `Content-Disposition` is left out, the file name decides it. */
  headers?: Record<string, unknown>
}

/** Options of `static()`. */
export interface ServeStaticOptions<R extends ServerResponse = ServerResponse> {
  /** Answer Range requests. Default `true`. */
  acceptRanges?: boolean | undefined
  /** Write `Cache-Control` (`false`: `immutable` and `maxAge` are ignored). Default `true`. */
  cacheControl?: boolean | undefined
  /**
   * Answer only the canonical spelling of a path, so that no other one passes a guard on a folder; `false` decodes and
   * normalizes first. Default `true`.
   *
   * Differs from Express: it answers every spelling.
   */
  canonical?: boolean | undefined
  /**
   * What is done for a path with a segment that starts with a dot: `'allow'` sends it, `'deny'` refuses it with 403,
   * `'ignore'` goes on as if there were no such file. Default `'ignore'`.
   */
  dotfiles?: string | undefined
  /** Write an entity tag. Default `true`. */
  etag?: boolean | undefined
  /** Extensions to try, in order, when the file doesn't exist. Default `false`. */
  extensions?: string[] | false | undefined
  /** Go on to the next handler where there is no file (`false`: fail with 404). Default `true`. */
  fallthrough?: boolean | undefined
  /** Add `immutable` to `Cache-Control`. Default `false`. */
  immutable?: boolean | undefined
  /** Files to look for in a folder; `false` for none. Default `'index.html'`. */
  index?: boolean | string | string[] | undefined
  /** Write `Last-Modified`. Default `true`. */
  lastModified?: boolean | undefined
  /** How long caches may keep the file: **milliseconds**, or a string such as `'1d'`. Default `0`. */
  maxAge?: number | string | undefined
  /**
   * How much memory small files (up to 64 KB each) may take together: **bytes**, or a string such as `'64mb'`; `false`
   * for none. The disk is asked at each request whether they have changed. Default `'16mb'`.
   *
   * Differs from Express: it keeps none.
   */
  memory?: boolean | number | string | undefined
  /**
   * Look for files that were compressed beforehand (`app.js.br`, `app.js.zst`, `app.js.gz`), and send them to clients
   * that take them: `true` for all, or the codings in order of preference. What is older than its file is left out.
   * Default `false`.
   *
   * Differs from Express: it knows none.
   */
  precompressed?: boolean | ('br' | 'zstd' | 'gzip')[] | undefined
  /** Redirect from a folder's name to the same with a slash. Default `true`. */
  redirect?: boolean | undefined
  /**
   * Sets further fields, synchronously, before the file is sent. `path` is that of the file that was asked for, `stat`
   * the state of the one that is sent, which differ where a precompressed one stands for it.
   */
  setHeaders?: ((res: R, path: string, stat: Stats) => any) | undefined
}

/** What `static()` gives: middleware for this framework, for connect and for plain node:http. */
export interface StaticHandler<R extends ServerResponse = ServerResponse> {
  (request: IncomingMessage, response: R, next: (err?: any) => void): any
}
