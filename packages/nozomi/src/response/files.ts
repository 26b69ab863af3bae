import { basename, extname, isAbsolute, resolve } from 'node:path'
import { create as formatContentDisposition } from 'content-disposition'
import { sendFile, type SendFileOptions } from '../files/send-file.js'
import { configurationOf } from '../settings/configuration.js'
import type { ResponseState } from './state.js'

type Done = (error?: Error) => void
type FileOptions = SendFileOptions & { headers?: Record<string, unknown> }

export const fileMembers: object & ThisType<ResponseState> = {
  /**
   * Answers with a file: type, validators, ranges and caching from `options`, errors to `callback` or `next`.
   *
   * @throws TypeError when the path is missing or no string, or is relative and no `root` is given.
   */
  sendFile(path: string, options?: FileOptions | Done | null, callback?: Done): void {
    if (!path) throw new TypeError('path argument is required to res.sendFile')
    if (typeof path !== 'string') throw new TypeError('path must be a string to res.sendFile')
    const done = typeof options === 'function' ? options : callback
    const given: FileOptions = (typeof options === 'function' ? {} : options) || {}
    if (!given.root && !isAbsolute(path)) {
      throw new TypeError('path must be absolute or specify root to res.sendFile')
    }
    const { req } = this
    const { next } = req
    // Parity: the setting `etag` decides, whatever the options say, and the caller's object shows it.
    given.etag = configurationOf(this.app).fileEntityTags
    sendFile(req, this, path, given, (error?: FileError) => {
      if (done) done(error)
      else if (error?.code === 'EISDIR') next()
      else if (error && error.code !== 'ECONNABORTED' && error.syscall !== 'write') next(error)
    })
  },

  /** As `sendFile()`, for the client to save: under `filename`, or the name that the path ends with. */
  download(
    path: string,
    filename?: string | null | FileOptions | Done,
    options?: unknown,
    callback?: Done,
  ): void {
    let name = filename as string | null
    let given = (options || null) as FileOptions | null
    let done = callback
    if (typeof filename === 'function') {
      done = filename
      name = null
      given = null
    } else if (typeof options === 'function') {
      done = options as Done
      given = null
    }
    if (typeof filename === 'object' && (typeof options === 'function' || options === undefined)) {
      name = null
      given = filename
    }
    const merged = Object.create(given) as FileOptions
    merged.headers = downloadHeaders(basename(name || path), given?.headers)
    this.sendFile(merged.root ? path : resolve(path), merged, done)
  },

  /** Sets `Content-Disposition: attachment`, and the type from the extension of the name. */
  attachment(filename?: string): ResponseState {
    const name = filename === undefined ? undefined : basename(filename)
    if (name) this.type(extname(name))
    this.set('Content-Disposition', formatContentDisposition(name))
    return this
  },
}

interface FileError extends Error {
  code?: string
  syscall?: string
}

/** The caller's fields, all but their `Content-Disposition`. */
function downloadHeaders(name: string, given: Record<string, unknown> | undefined): Record<string, unknown> {
  const headers: Record<string, unknown> = { 'Content-Disposition': formatContentDisposition(name) }
  for (const field of Object.keys(given ?? {})) {
    if (field.toLowerCase() !== 'content-disposition') headers[field] = given?.[field]
  }
  return headers
}
