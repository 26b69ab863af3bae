import { createError } from '../errors/catalogue.js'
import { HttpError } from '../errors/http-error.js'

/*
 * Errors as `send` reports them: every one has a status, and those of the file system keep their code and path.
 */

/** An error of node's fs with the status of the answer. Its message holds a path of the server: never to be shown. */
export interface FileSystemError extends NodeJS.ErrnoException {
  expose: boolean
  status: number
  statusCode: number
}

const NOT_FOUND: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'])

/** The status of the answer to a name that leads nowhere. */
export type Refusal = 400 | 403 | 404

const REFUSALS = {
  400: 'NOZOMI_FILE_NAME',
  403: 'NOZOMI_FILE_FORBIDDEN',
  404: 'NOZOMI_FILE_NOT_FOUND',
} as const satisfies Record<Refusal, string>

/** The error of a name that leads nowhere. */
export function refusalError(refusal: Refusal): HttpError {
  return createError(REFUSALS[refusal], [])
}

/**
 * 404 where the name leads to nothing, 500 for anything else: no permission, too many open files, a failing disk. Our own
 * errors have their status.
 */
export function withFileStatus(error: NodeJS.ErrnoException): FileSystemError | HttpError {
  if (error instanceof HttpError) return error
  return withHiddenStatus(error, NOT_FOUND.has(error.code) ? 404 : 500)
}

/**
 * Parity: Express asks for the state of a file before it opens it, so programs and tests know a missing file as a
 * failure of `stat`.
 */
export function asStatError(error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  if (error.syscall !== 'open') return error
  error.syscall = 'stat'
  error.message = error.message.replace(', open ', ', stat ')
  if (error.stack) error.stack = error.stack.replace(', open ', ', stat ')
  return error
}

/** Parity: the message is node's of old, which middleware looks for. */
export function headersSentError(): Error {
  return withHiddenStatus(new Error("Can't set headers after they are sent."), 500)
}

/** RFC 9110 §15.5.17: tells how long the file is. */
export function rangeError(contentRange: string): HttpError {
  return createError('NOZOMI_FILE_RANGE', [], { headers: { 'Content-Range': contentRange } })
}

function withHiddenStatus<E extends Error>(
  error: E,
  status: number,
): E & Pick<FileSystemError, 'expose' | 'status' | 'statusCode'> {
  return Object.assign(error, { expose: false, statusCode: status, status })
}
