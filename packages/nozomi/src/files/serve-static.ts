import { type Stats, stat as statPath } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createError } from '../errors/catalogue.js'
import { HttpError } from '../errors/http-error.js'
import { pathnameOf } from '../http/target.js'
import type { ServeStaticOptions, StaticHandler } from '../types/static-options.js'
import { type Asker, answerFile } from './answer-file.js'
import { hasAlias, hasRawOctet, isCanonicalPath } from './canonical-path.js'
import { headersSentError } from './file-errors.js'
import { compileFileSettings, type FileSettings } from './file-settings.js'
import { type Finder, findFile, lookFor } from './find-file.js'
import { canonicalFolderLocation, folderLocation, redirectToFolder } from './folder-redirect.js'
import type { FoundFile } from './open-file.js'
import { isUnseen, nameBehindDots, nameBehindSlashes, type RoutedRequest } from './other-spellings.js'
import { decodeName, resolveName } from './path-safety.js'

interface StaticSettings<R extends ServerResponse> extends FileSettings {
  root: string
  canonical: boolean
  fallthrough: boolean
  redirect: boolean
  setHeaders: ((res: R, path: string, stat: Stats) => unknown) | null
}

/**
 * Middleware that serves the files of a folder to GET and HEAD.
 *
 * Where there is no such file it goes on to the next handler; with `fallthrough: false` it fails with 404 (also 400 for
 * a broken encoding, 403 for a way out of the folder) and answers other methods with 405. What goes wrong with a file
 * that is there (412, 416, 500) always goes to the error handlers.
 *
 * Differs from Express: one spelling of each path is answered, see `canonical-path.ts`; the option `canonical: false`
 * brings back all of them. Only files are served, never pipes or devices. An error of `setHeaders` goes to the error
 * handlers and doesn't end the process. Impossible options are refused here, not at each request.
 *
 * @param root the folder, relative to the working directory or absolute
 * @throws TypeError for a missing root and for impossible options.
 * @see https://expressjs.com/en/5x/api/express/#expressstaticroot-options
 *
 * @example
 * app.use('/assets', nozomi.static('public', { maxAge: '1d' }))
 */
export function serveStatic<R extends ServerResponse = ServerResponse>(
  root: string,
  options?: ServeStaticOptions<R>,
): StaticHandler<R> {
  if (!root) throw new TypeError('root path required')
  if (typeof root !== 'string') throw new TypeError('root path must be a string')
  const settings = compileStaticSettings(root, options ?? {})
  // oxlint-disable-next-line no-shadow -- route listers and agents know the middleware by this name
  return function serveStatic(req, res, next) {
    const { method } = req
    if (method === 'GET' || method === 'HEAD') new Serving(req, res, next, settings).start(serveStatic)
    else if (settings.fallthrough) next()
    else refuseMethod(res)
  } satisfies StaticHandler<R>
}

function compileStaticSettings<R extends ServerResponse>(
  root: string,
  options: ServeStaticOptions<R>,
): StaticSettings<R> {
  const { setHeaders } = options
  if (setHeaders && typeof setHeaders !== 'function')
    throw new TypeError('option setHeaders must be function')
  const settings = compileFileSettings(options, root)
  return {
    ...settings,
    root: settings.root as string,
    canonical: options.canonical !== false,
    fallthrough: options.fallthrough !== false,
    redirect: options.redirect !== false,
    setHeaders: setHeaders || null,
  }
}

function refuseMethod(res: ServerResponse): void {
  res.statusCode = 405
  res.setHeader('Allow', 'GET, HEAD')
  res.setHeader('Content-Length', '0')
  res.end()
}

/** One request. */
class Serving<R extends ServerResponse> implements Finder, Asker {
  readonly #req: RoutedRequest
  readonly #res: R
  readonly #next: (error?: Error) => void
  readonly #settings: StaticSettings<R>
  /** The name ends with a slash. */
  #isFolder = false
  /** There is such a file: what fails from here on is not for the next handler to make good. */
  #isFound = false

  constructor(req: IncomingMessage, res: R, next: (error?: Error) => void, settings: StaticSettings<R>) {
    this.#req = req
    this.#res = res
    this.#next = next
    this.#settings = settings
  }

  start(handler: unknown): void {
    const pathname = this.#pathname()
    const name = pathname == null ? 400 : decodeName(pathname)
    if (typeof name === 'number') {
      this.onFailure(new HttpError(name))
      return
    }
    const { root, dotfiles } = this.#settings
    const place = resolveName(name, root, dotfiles)
    if (typeof place === 'number') this.onFailure(new HttpError(place))
    else if (this.#isCanonical(pathname as string, name)) this.#find(place, pathname as string)
    else this.#findOtherwise(place, pathname as string, handler)
  }

  /** The path below the mount point; empty at the mount point itself without its slash, so that it redirects. */
  #pathname(): string | null | undefined {
    const { url, originalUrl } = this.#req
    const pathname = pathnameOf(url)
    return pathname === '/' && !pathnameOf(originalUrl ?? url)?.endsWith('/') ? '' : pathname
  }

  #find(path: string, pathname: string): void {
    this.#isFolder = pathname.endsWith('/')
    findFile(path, this.#isFolder, this.#settings, lookFor(this.#req), this)
  }

  #isCanonical(pathname: string, name: string): boolean {
    if (!this.#settings.canonical) return true
    const { baseUrl, originalUrl, url } = this.#req
    if (!isCanonicalPath(pathname) || hasAlias(name, process.platform)) return false
    // An application that decoded `req.url` itself may have put such characters there; a client may not.
    if (hasRawOctet(pathname) && hasRawOctet(originalUrl ?? url ?? '')) return false
    // A guard may have been passed by the spelling of the mount point (`/:site`), too.
    return !baseUrl || (isCanonicalPath(baseUrl) && !hasRawOctet(baseUrl))
  }

  #findOtherwise(path: string, pathname: string, handler: unknown): void {
    if (nameBehindDots(pathname) !== null && isUnseen(this.#req, handler)) this.#find(path, pathname)
    else if (this.#settings.redirect && nameBehindSlashes(pathname) !== null) {
      statPath(path, (_, stat) => {
        if (stat?.isDirectory()) this.#redirect(canonicalFolderLocation(this.#req))
        else this.#refuseSpelling(pathname)
      })
    } else this.#refuseSpelling(pathname)
  }

  #refuseSpelling(pathname: string): void {
    this.onFailure(createError('NOZOMI_PATH_NOT_CANONICAL', [pathname]))
  }

  onFile(file: FoundFile): void {
    this.#isFound = true
    answerFile(this.#req, this.#res, file, this.#settings, this)
  }

  onFolder(): void {
    if (this.#settings.redirect && !this.#isFolder) this.#redirect(folderLocation(this.#req))
    else this.onFailure(new HttpError(404))
  }

  #redirect(location: string): void {
    if (this.#res.headersSent) this.onFailure(headersSentError())
    else redirectToFolder(this.#res, location)
  }

  setFields(_: ServerResponse, path: string, stat: Stats): void {
    this.#settings.setHeaders?.(this.#res, path, stat)
  }

  onSent(): void {}

  onAborted(): void {}

  onFailure(error: Error & { status?: number }): void {
    if (this.#isFound || !this.#settings.fallthrough || !(Number(error.status) < 500)) this.#next(error)
    else this.#next()
  }
}
