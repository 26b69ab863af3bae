import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Asker, answerFile } from './answer-file.js'
import { onClosed } from '../messages/connection-loss.js'
import { compileFileSettings, type FileOptions, type FileSettings } from './file-settings.js'
import { type Finder, findFile, lookFor } from './find-file.js'
import type { FoundFile } from './open-file.js'
import { resolveName } from './path-safety.js'
import { refusalError } from './file-errors.js'

/** As `static()` takes them, and `headers`, which are sent with the file only. */
export interface SendFileOptions extends FileOptions {
  headers?: Record<string, unknown> | undefined
}

/**
 * Answers a request with one file: the engine of `res.sendFile()` and `res.download()`.
 *
 * @param path absolute, or relative to `options.root`. It is a name, not a URL: nothing in it is decoded.
 * @param done is called once: without an error when the response has been handed to the system (304 and HEAD too), with
 *   - an error with `status`: 404, 403, 400, 412, 416 (its `headers` hold Content-Range), or 500 when the file can't be
 *     read. Nothing has been sent then, unless `res.headersSent`: in this case the connection has been cut;
 *   - `code: 'EISDIR'` for a folder;
 *   - `code: 'ECONNABORTED'` when the client went away.
 * @throws TypeError for an impossible option.
 */
export function sendFile(
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  options: SendFileOptions,
  done: (error?: Error) => void,
): void {
  const settings = compileFileSettings(options)
  const sending = new Sending(req, res, settings, options, done)
  const place = resolveName(path, settings.root, settings.dotfiles)
  if (typeof place === 'number') sending.onFailure(refusalError(place))
  else findFile(place, path.endsWith('/'), settings, lookFor(req), sending)
}

/** One call of `sendFile()`. An async resource, so that `done` runs in the async context of its caller. */
class Sending extends AsyncResource implements Finder, Asker {
  readonly #req: IncomingMessage
  readonly #res: ServerResponse
  readonly #settings: FileSettings
  readonly #options: SendFileOptions
  readonly #done: (error?: Error) => void
  #isDone = false

  constructor(
    req: IncomingMessage,
    res: ServerResponse,
    settings: FileSettings,
    options: SendFileOptions,
    done: (error?: Error) => void,
  ) {
    super('NOZOMI_SENDFILE')
    this.#req = req
    this.#res = res
    this.#settings = settings
    this.#options = options
    this.#done = done
  }

  onFile(file: FoundFile): void {
    answerFile(this.#req, this.#res, file, this.#settings, this)
  }

  onFolder(): void {
    this.#settle(Object.assign(new Error('EISDIR, read'), { code: 'EISDIR' }))
  }

  onFailure(error: Error): void {
    this.#settle(error)
  }

  onAborted(): void {
    this.#settle(Object.assign(new Error('Request aborted'), { code: 'ECONNABORTED' }))
  }

  setFields(res: ServerResponse): void {
    const { headers } = this.#options
    if (!headers) return
    for (const field of Object.keys(headers)) res.setHeader(field, headers[field] as string)
  }

  onSent(): void {
    const res = this.#res
    const stop = onClosed(this.#req, res, () => {
      if (res.writableFinished) this.#settle()
      else this.onAborted()
    })
    res.once('finish', () => {
      stop()
      this.#settle()
    })
  }

  #settle(error?: Error): void {
    if (this.#isDone) return
    this.#isDone = true
    if (error) this.runInAsyncScope(this.#done, undefined, error)
    else this.runInAsyncScope(this.#done, undefined)
  }
}
