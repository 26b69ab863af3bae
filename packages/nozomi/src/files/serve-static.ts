import { type Stats, stat as statPath } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, sep } from 'node:path'
import { createError } from '../errors/catalogue.js'
import { parseByteSize } from '../http/byte-size.js'
import { pathnameOf } from '../http/target.js'
import { addVary } from '../http/vary.js'
import type { ServeStaticOptions, StaticHandler } from '../types/static-options.js'
import { type Asker, answerFile } from './answer-file.js'
import { hasAlias, hasRawOctet, isCanonicalPath, isPlainPath } from './canonical-path.js'
import { AS_IT_IS, type Choices, chooseCodings, type Coding, CODINGS } from './content-coding.js'
import { headersSentError, refusalError } from './file-errors.js'
import { FileMemory, type KeptFile } from './file-memory.js'
import { compileFileSettings, type FileSettings } from './file-settings.js'
import { type Finder, findFile, lookFor, lookInto } from './find-file.js'
import { canonicalFolderLocation, folderLocation, plainLocation, redirectTo } from './folder-redirect.js'
import { type FoundFile, statFile } from './open-file.js'
import {
  hasEncodedFolder,
  isUnseen,
  nameBehindDots,
  nameBehindSlashes,
  type RoutedRequest,
} from './other-spellings.js'
import { decodeName, resolveName } from './path-safety.js'
import { findRepresentation, isEncodedName } from './precompressed.js'

const DEFAULT_MEMORY_BYTES = 16 * 1024 * 1024

interface StaticSettings<R extends ServerResponse> extends FileSettings {
  root: string
  /** What precedes a plain path to make it that of a file; null where names must be looked at (Windows). */
  plainRoot: string | null
  /** The codings that files are looked for in, beside the one asked for. */
  precompressed: readonly Coding[]
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
  const folder = settings.root as string
  const mostBytes = compileMemory(options.memory)
  return {
    ...settings,
    root: folder,
    plainRoot: sep === '/' ? folder.replace(/\/$/, '') : null,
    memory: mostBytes > 0 ? new FileMemory(folder, mostBytes) : null,
    // A part of the file is not a part of what it was compressed to.
    precompressed: isWhole(settings) ? compilePrecompressed(options.precompressed) : [],
    canonical: options.canonical !== false,
    fallthrough: options.fallthrough !== false,
    redirect: options.redirect !== false,
    setHeaders: setHeaders || null,
  }
}

function isWhole({ start, end }: FileSettings): boolean {
  return start === 0 && end === Infinity
}

/** Bytes. */
function compileMemory(option: unknown): number {
  if (option === undefined || option === true) return DEFAULT_MEMORY_BYTES
  const bytes = option === false ? 0 : parseByteSize(option)
  if (bytes === null || bytes < 0) {
    throw new TypeError('option memory must be a size, in bytes or such as "16mb", or false')
  }
  return bytes
}

function compilePrecompressed(option: unknown): readonly Coding[] {
  if (!option) return []
  if (option === true) return CODINGS
  if (Array.isArray(option) && option.every((one) => CODINGS.includes(one))) return option.slice()
  throw new TypeError('option precompressed must be true, false, or an array of "br", "zstd", "gzip"')
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
  #path = ''
  #kept: KeptFile | null = null
  /** What may stand for the file; null where nothing may. */
  #choices: Choices | null = null
  #isNegotiated = false
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
    const { root, plainRoot, dotfiles } = this.#settings
    if (plainRoot !== null && pathname != null && isPlainPath(pathname) && this.#isPlainMount()) {
      this.#find(plainRoot + pathname, pathname)
      return
    }
    const name = pathname == null ? 400 : decodeName(pathname)
    if (typeof name === 'number') {
      this.onFailure(refusalError(name))
      return
    }
    const place = resolveName(name, root, dotfiles)
    if (typeof place === 'number') this.onFailure(refusalError(place))
    else if (this.#isCanonical(pathname as string, name)) {
      if (this.#isFolderEncoded(pathname as string)) this.#redirectToPlain(place)
      else this.#find(place, pathname as string)
    } else this.#findOtherwise(place, pathname as string, handler)
  }

  /** The path below the mount point; empty at the mount point itself without its slash, so that it redirects. */
  #pathname(): string | null | undefined {
    const { url, originalUrl } = this.#req
    const pathname = pathnameOf(url)
    return pathname === '/' && !pathnameOf(originalUrl ?? url)?.endsWith('/') ? '' : pathname
  }

  /** A guard may have been passed by the spelling of the mount point (`/:site`), too. */
  #isPlainMount(): boolean {
    const { baseUrl } = this.#req
    return !baseUrl || isPlainPath(baseUrl)
  }

  /**
   * Parity: nothing is answered before the handlers in front of this one have gone on, and what they do then is seen. So
   * an answer from memory comes in a later turn too, as one from the disk does.
   */
  #find(path: string, pathname: string): void {
    const { memory, index, precompressed } = this.#settings
    this.#path = path
    this.#isFolder = pathname.endsWith('/')
    if (precompressed.length > 0) {
      setImmediate(findInCodings, this)
      return
    }
    const first = this.#isFolder && index.length > 0 ? join(path, index[0] as string) : path
    const kept = memory?.get(first)
    if (kept === undefined) this.#search()
    else if (kept.disk.isLocal) {
      this.#kept = kept
      setImmediate(answerKept, this)
    } else this.#recall(kept)
  }

  answerKept(): void {
    const { memory } = this.#settings
    const file = (memory as FileMemory).recallNow(this.#kept as KeptFile)
    if (file === null) this.#search()
    else this.onFile(file)
  }

  #recall(kept: KeptFile): void {
    ;(this.#settings.memory as FileMemory).recall(kept, (file) => {
      if (file === null) this.#search()
      else this.onFile(file)
    })
  }

  #search(): void {
    const look = lookInto(this.#settings.memory, lookFor(this.#req))
    findFile(this.#path, this.#isFolder, this.#settings, look, this)
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

  /** By the client, and not by an application that put another path into `req.url`. */
  #isFolderEncoded(pathname: string): boolean {
    if (!this.#settings.canonical) return false
    const { baseUrl, originalUrl, url } = this.#req
    const path = baseUrl ? baseUrl + pathname : pathname
    return hasEncodedFolder(path) && pathnameOf(originalUrl ?? url)?.startsWith(path) === true
  }

  /** Whoever guards the folder gets to see the request that follows. What is not there is left to the next handler. */
  #redirectToPlain(path: string): void {
    statPath(path, (error) => {
      if (error) this.onFailure(refusalError(404))
      else this.#redirect(plainLocation(this.#req))
    })
  }

  #findOtherwise(path: string, pathname: string, handler: unknown): void {
    const isExempt = this.#settings.setHeaders === null && nameBehindDots(pathname) !== null
    if (isExempt && isUnseen(this.#req, handler)) this.#find(path, pathname)
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

  /** Of a file that another one may stand for, the state is enough. */
  findInCodings(): void {
    const { memory, precompressed } = this.#settings
    const isEncoded = this.#res.getHeader('Content-Encoding') !== undefined
    this.#choices = isEncoded ? AS_IT_IS : chooseCodings(this.#req.headers['accept-encoding'], precompressed)
    const look = this.#choices[0] === null ? lookFor(this.#req) : statFile
    findFile(this.#path, this.#isFolder, this.#settings, lookInto(memory, look), this)
  }

  onFile(file: FoundFile): void {
    this.#isFound = true
    this.#isNegotiated = this.#choices !== null && !isEncodedName(file.path)
    if (this.#isNegotiated) this.#chooseRepresentation(file, this.#choices as Choices)
    else this.#answer(file)
  }

  #chooseRepresentation(file: FoundFile, choices: Choices): void {
    const look = lookInto(this.#settings.memory, lookFor(this.#req))
    findRepresentation(file, choices, 0, look, (chosen) => {
      if (chosen) this.#answer(chosen)
      else this.onFailure(createError('NOZOMI_FILE_CODING_NOT_ACCEPTABLE', []))
    })
  }

  #answer(file: FoundFile): void {
    answerFile(this.#req, this.#res, file, this.#settings, this)
  }

  onFolder(): void {
    if (this.#settings.redirect && !this.#isFolder) this.#redirect(folderLocation(this.#req))
    else this.onFailure(refusalError(404))
  }

  #redirect(location: string): void {
    if (this.#res.headersSent) this.onFailure(headersSentError())
    else redirectTo(this.#res, location)
  }

  setFields(_: ServerResponse, path: string, stat: Stats): void {
    this.#settings.setHeaders?.(this.#res, path, stat)
    if (this.#isNegotiated) addVary(this.#res, 'Accept-Encoding')
  }

  onSent(): void {}

  onAborted(): void {}

  onFailure(error: Error & { status?: number }): void {
    if (this.#isFound || !this.#settings.fallthrough || !(Number(error.status) < 500)) this.#next(error)
    else this.#next()
  }
}

function answerKept<R extends ServerResponse>(serving: Serving<R>): void {
  serving.answerKept()
}

function findInCodings<R extends ServerResponse>(serving: Serving<R>): void {
  serving.findInCodings()
}
