import { Buffer } from 'node:buffer'
import type { Stats } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createError } from '../errors/catalogue.js'
import { isConditional, isFresh, isPreconditionFailed } from '../http/freshness.js'
import { chooseRange, formatContentRange, isRangeFresh } from './byte-range.js'
import { isOver } from '../messages/connection-loss.js'
import { describeEncoded, describeFile, type FileDescription, originalPath } from './file-description.js'
import { headersSentError, rangeError, refusalError, withFileStatus } from './file-errors.js'
import { removeContentHeaders, removeFileHeaders, setFileHeaders } from './file-headers.js'
import type { FileSettings } from './file-settings.js'
import { endWith, isWriteReplaced } from './last-chunk.js'
import { closeFile, type FoundFile, isSameVersion, type OpenFile, openFile } from './open-file.js'
import { type Receiver, Transfer } from './transfer.js'

/*
 * Answers a request with a file that was found: fields, conditions, range, bytes.
 *
 * Runs for each file sent.
 */

/** Who asked for the answer, and what it wants to know. One of the last three is called, once. */
export interface Asker {
  /**
   * Sets fields of its own before those of the file. What it throws is reported as a failure. Called again when the
   * file turns out to have been replaced meanwhile.
   */
  setFields(res: ServerResponse, path: string, stat: Stats): void
  /** The response has been ended; it may still be on its way. */
  onSent(): void
  onFailure(error: Error): void
  /** The client went away. */
  onAborted(): void
}

/** Takes the file over: it is closed on every way. */
export function answerFile(
  req: IncomingMessage,
  res: ServerResponse,
  file: FoundFile,
  settings: FileSettings,
  asker: Asker,
): void {
  new FileAnswer(req, res, settings, asker).start(file)
}

/** The bytes to send, counted from the start of the file. */
interface Part {
  start: number
  length: number
}

class FileAnswer implements Receiver {
  readonly #req: IncomingMessage
  readonly #res: ServerResponse
  readonly #settings: FileSettings
  readonly #asker: Asker
  /** The status that the application had set. */
  readonly #statusCode: number

  constructor(req: IncomingMessage, res: ServerResponse, settings: FileSettings, asker: Asker) {
    this.#req = req
    this.#res = res
    this.#settings = settings
    this.#asker = asker
    this.#statusCode = res.statusCode
  }

  start(file: FoundFile): void {
    const req = this.#req
    const res = this.#res
    if (!res.headersSent && isOver(req, res)) {
      closeFile(file)
      this.#asker.onAborted()
      return
    }
    let part: Part | null
    try {
      part = this.#decide(file)
    } catch (error) {
      closeFile(file)
      this.#asker.onFailure(error as Error)
      return
    }
    if (part === null || req.method === 'HEAD') {
      closeFile(file)
      res.end()
      this.#asker.onSent()
    } else if (file.kept !== null) this.#sendKept(file.kept.content, part)
    else if (file.fd === null) this.#open(file, part)
    else this.#transfer(file as OpenFile, part)
  }

  /**
   * Sets status and fields, and says which part of the file is to follow; null for none.
   *
   * @throws HttpError 412, 416, and what the asker's fields throw
   */
  #decide(file: FoundFile): Part | null {
    const res = this.#res
    const { path, stat, coding } = file
    if (res.headersSent) throw headersSentError()
    this.#asker.setFields(res, originalPath(path, coding), stat)
    if (coding !== null) res.setHeader('Content-Encoding', coding)
    setFileHeaders(res, describe(file), this.#settings)
    if (isNotModified(this.#req, res)) {
      removeContentHeaders(res)
      res.statusCode = 304
      return null
    }
    return choosePart(this.#req, res, stat.size, this.#settings)
  }

  /** Opens a file that has only been looked at. If it was replaced meanwhile, all is decided again. */
  #open(file: FoundFile, part: Part): void {
    openFile(file.path, (error, opened) => {
      if (opened === null) this.onReadFailure(error ?? refusalError(404), false)
      else if (isSameVersion(file.stat, opened.stat)) this.#transfer(opened, part)
      else {
        opened.coding = file.coding
        this.#takeBack()
        this.start(opened)
      }
    })
  }

  /** Whoever replaced `res.end` or `res.write` may change the bytes where they stand: they are others' as well. */
  #sendKept(content: Buffer, { start, length }: Part): void {
    const res = this.#res
    const bytes = length === content.length ? content : content.subarray(start, start + length)
    if (length === 0) res.end()
    else if (Object.hasOwn(res, 'end') || isWriteReplaced(res)) endWith(res, Buffer.from(bytes))
    else res.end(bytes)
    this.#asker.onSent()
  }

  #transfer(file: OpenFile, { start, length }: Part): void {
    new Transfer(this.#req, this.#res, file, start, length, this, this.#settings.memory).start()
  }

  /** Leaves the response as if there had been no file. */
  #takeBack(): void {
    removeFileHeaders(this.#res)
    this.#res.statusCode = this.#statusCode
  }

  onSent(): void {
    this.#asker.onSent()
  }

  onInterrupted(): void {
    this.#asker.onAborted()
  }

  onReadFailure(error: Error, isStarted: boolean): void {
    if (isStarted) this.#res.destroy()
    else this.#takeBack()
    this.#asker.onFailure(withFileStatus(error))
  }
}

function describe({ path, stat, kept, coding }: FoundFile): FileDescription {
  const description = kept === null ? describeFile(path, stat) : kept.description
  return coding === null ? description : describeEncoded(description, path, coding)
}

/** @throws HttpError 412 */
function isNotModified({ headers }: IncomingMessage, res: ServerResponse): boolean {
  if (!isConditional(headers)) return false
  const etag = res.getHeader('ETag') as string | undefined
  const lastModified = res.getHeader('Last-Modified') as string | undefined
  if (isPreconditionFailed(headers, etag, lastModified)) throw createError('NOZOMI_FILE_PRECONDITION', [])
  return isCacheable(res.statusCode) && isFresh(headers, etag, lastModified)
}

/** Parity: a status that the application has set, an error's for example, is kept. */
function isCacheable(statusCode: number): boolean {
  return (statusCode >= 200 && statusCode < 300) || statusCode === 304
}

/** @throws HttpError 416 */
function choosePart(
  { headers }: IncomingMessage,
  res: ServerResponse,
  fileSize: number,
  { acceptRanges, start, end }: FileSettings,
): Part {
  const size = Math.max(0, Math.min(fileSize - start, end - start + 1))
  const range = acceptRanges && isRangeCurrent(headers, res) ? chooseRange(headers.range, size) : null
  let part: Part = { start, length: size }
  if (range === 'unsatisfiable') {
    const contentRange = formatContentRange(size)
    res.setHeader('Content-Range', contentRange)
    throw rangeError(contentRange)
  }
  if (range !== null) {
    res.statusCode = 206
    res.setHeader('Content-Range', formatContentRange(size, range))
    part = { start: start + range.start, length: range.end - range.start + 1 }
  }
  res.setHeader('Content-Length', part.length)
  return part
}

function isRangeCurrent({ 'if-range': ifRange }: IncomingMessage['headers'], res: ServerResponse): boolean {
  return (
    !ifRange ||
    isRangeFresh(
      ifRange as string,
      res.getHeader('ETag') as string | undefined,
      res.getHeader('Last-Modified') as string | undefined,
    )
  )
}
