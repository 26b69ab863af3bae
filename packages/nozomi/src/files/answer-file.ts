import type { Stats } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { HttpError } from '../errors/http-error.js'
import { isConditional, isFresh, isPreconditionFailed } from '../http/freshness.js'
import { chooseRange, formatContentRange, isRangeFresh } from './byte-range.js'
import { isOver } from './connection-loss.js'
import { headersSentError, rangeError, withFileStatus } from './file-errors.js'
import { removeContentHeaders, removeFileHeaders, setFileHeaders } from './file-headers.js'
import type { FileSettings } from './file-settings.js'
import { closeFile, type OpenFile } from './open-file.js'
import { type Receiver, Transfer } from './transfer.js'

/*
 * Answers a request with a file that has been opened: fields, conditions, range, bytes.
 *
 * Runs for each file sent.
 */

/** Who asked for the answer, and what it wants to know. One of the last three is called, once. */
export interface Asker {
  /** Sets fields of its own before those of the file. What it throws is reported as a failure. */
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
  file: OpenFile,
  settings: FileSettings,
  asker: Asker,
): void {
  if (!res.headersSent && isOver(res)) {
    closeFile(file.fd)
    asker.onAborted()
    return
  }
  const { statusCode } = res
  let part: Part | null
  try {
    if (res.headersSent) throw headersSentError()
    asker.setFields(res, file.path, file.stat)
    setFileHeaders(res, file, settings)
    part = isNotModified(req, res) ? null : choosePart(req, res, file.stat.size, settings)
  } catch (error) {
    closeFile(file.fd)
    asker.onFailure(error as Error)
    return
  }
  if (part === null) answerNotModified(res, file, asker)
  else sendPart(req, res, file, part, new Answer(res, statusCode, asker))
}

/** The bytes to send, counted from the start of the file. */
interface Part {
  start: number
  length: number
}

/** @throws HttpError 412 */
function isNotModified({ headers }: IncomingMessage, res: ServerResponse): boolean {
  if (!isConditional(headers)) return false
  const etag = res.getHeader('ETag') as string | undefined
  const lastModified = res.getHeader('Last-Modified') as string | undefined
  if (isPreconditionFailed(headers, etag, lastModified)) throw new HttpError(412)
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
  const range =
    acceptRanges && isRangeCurrent(headers['if-range'], res) ? chooseRange(headers.range, size) : null
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

function isRangeCurrent(ifRange: IncomingMessage['headers']['if-range'], res: ServerResponse): boolean {
  if (!ifRange) return true
  return isRangeFresh(
    ifRange as string,
    res.getHeader('ETag') as string | undefined,
    res.getHeader('Last-Modified') as string | undefined,
  )
}

function answerNotModified(res: ServerResponse, file: OpenFile, asker: Asker): void {
  closeFile(file.fd)
  removeContentHeaders(res)
  res.statusCode = 304
  res.end()
  asker.onSent()
}

function sendPart(
  req: IncomingMessage,
  res: ServerResponse,
  file: OpenFile,
  part: Part,
  answer: Answer,
): void {
  if (req.method === 'HEAD') {
    closeFile(file.fd)
    res.end()
    answer.onSent()
  } else new Transfer(req, res, file, part.start, part.length, answer).start()
}

/** Stands between the transfer and who asked: makes a failed answer fit for an error page, or cuts it off. */
class Answer implements Receiver {
  readonly #res: ServerResponse
  readonly #statusCode: number
  readonly #asker: Asker

  constructor(res: ServerResponse, statusCode: number, asker: Asker) {
    this.#res = res
    this.#statusCode = statusCode
    this.#asker = asker
  }

  onSent(): void {
    this.#asker.onSent()
  }

  onInterrupted(): void {
    this.#asker.onAborted()
  }

  onReadFailure(error: Error, isStarted: boolean): void {
    const res = this.#res
    if (isStarted) res.destroy()
    else {
      removeFileHeaders(res)
      res.statusCode = this.#statusCode
    }
    this.#asker.onFailure(withFileStatus(error))
  }
}
