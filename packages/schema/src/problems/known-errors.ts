/*
 * Errors that others raise about requests: body-parser (and Nozomi, which uses its names), multer, busboy. What they know is
 * told as issues, in the shape of our own. So is our own 415.
 */
import type { FoundIssue, IssueCode, Place } from '../types/issue.js'
import { findJsonError } from './json-position.js'

/** What is known of an error of somebody else. */
export interface KnownError {
  readonly issues: readonly FoundIssue[]
  /** In the place of the error's own. */
  readonly status?: number
  /** In the place of the error's message. */
  readonly detail?: string
  /** The application's own words: they stay in every language. */
  readonly isOwnDetail?: boolean
}

/** The members that these errors have. */
interface AnyError {
  readonly type?: unknown
  readonly name?: unknown
  readonly code?: unknown
  readonly status?: unknown
  readonly message?: unknown
  readonly body?: unknown
  readonly limit?: unknown
  readonly charset?: unknown
  readonly encoding?: unknown
  readonly key?: unknown
  readonly field?: unknown
}

/** What is known of an error by its `type` or `code`; null of all others. */
export function knownError(error: object): KnownError | null {
  const { type, name, code, status, message } = error as AnyError
  if (typeof type === 'string' && Object.hasOwn(BODY_ERRORS, type)) return BODY_ERRORS[type]!(error)
  if (code === 'NOZOMI_SCHEMA_MEDIA_TYPE') {
    return known(issue('headers', ['content-type'], 'not_allowed', String(message)))
  }
  if (status === 400 && typeof code === 'string' && ZLIB_CODE.test(code)) {
    return known(issue('body', [], 'malformed', 'The body is not coded as its Content-Encoding says'))
  }
  if (name === 'MulterError' && typeof code === 'string') return multerError(code, error)
  return typeof message === 'string' ? formError(message) : null
}

/** What zlib says of a body of gzip or deflate, of Brotli, of Zstandard; a parser that had it decoded has added the status. */
const ZLIB_CODE = /^(?:Z_[A-Z_]+|ERR__ERROR_[A-Z0-9_]+|ZSTD_\w+)$/

function issue(
  place: Place,
  path: readonly (string | number)[],
  code: IssueCode,
  message: string,
  details: Record<string, unknown> = {},
): FoundIssue {
  return { in: place, path, code, message, details }
}

/** With the issue's message for detail: theirs quote the body, or say less. */
function known(found: FoundIssue, status?: number): KnownError {
  return { issues: [found], detail: found.message, ...(status !== undefined && { status }) }
}

/** By body-parser's `type`. */
const BODY_ERRORS: Readonly<Record<string, (error: AnyError) => KnownError>> = {
  'entity.parse.failed': malformedBody,
  'entity.too.large': ({ limit }) => {
    const message =
      typeof limit === 'number' ? `The body is larger than ${limit} bytes` : 'The body is too large'
    return known(issue('body', [], 'too_big', message, typeof limit === 'number' ? { maximum: limit } : {}))
  },
  'parameters.too.many': () => known(issue('body', [], 'too_big', 'The form has too many fields')),
  'querystring.parse.rangeError': () =>
    known(issue('body', [], 'malformed', 'The fields of the form are nested too deep')),
  'request.size.invalid': () =>
    known(issue('body', [], 'malformed', 'The body is not as long as its Content-Length says')),
  'charset.unsupported': ({ charset }) =>
    known(
      issue(
        'headers',
        ['content-type'],
        'not_allowed',
        `The charset ${JSON.stringify(charset)} is not supported`,
      ),
    ),
  'encoding.unsupported': ({ encoding }) =>
    known(
      issue(
        'headers',
        ['content-encoding'],
        'not_allowed',
        encoding === undefined
          ? 'The content coding is not supported'
          : `The content coding ${JSON.stringify(encoding)} is not supported`,
      ),
    ),
  'entity.proto.key': (error) =>
    known(issue('body', [], 'forbidden_key', String(error.message), { key: error.key })),
}

function malformedBody({ body }: AnyError): KnownError {
  const found = typeof body === 'string' ? findJsonError(body) : null
  if (found === null) return known(issue('body', [], 'malformed', 'The body is malformed'))
  const isEnd = found.position >= (body as string).length
  const message = isEnd
    ? `The JSON of the body ends too early: line ${found.line}, column ${found.column}`
    : `The JSON of the body is malformed at line ${found.line}, column ${found.column}`
  return known(issue('body', [], 'malformed', message, { ...found }))
}

/** Multer's codes, with what each is about. It gives no status, which would make each of them a fault of the server. */
const MULTER: Readonly<Record<string, readonly [status: number, place: Place, code: IssueCode]>> = {
  LIMIT_FILE_SIZE: [413, 'files', 'too_big'],
  LIMIT_FILE_COUNT: [413, 'files', 'too_big'],
  LIMIT_UNEXPECTED_FILE: [400, 'files', 'unknown_key'],
  LIMIT_PART_COUNT: [413, 'body', 'too_big'],
  LIMIT_FIELD_KEY: [413, 'body', 'too_big'],
  LIMIT_FIELD_VALUE: [413, 'body', 'too_big'],
  LIMIT_FIELD_COUNT: [413, 'body', 'too_big'],
  LIMIT_FIELD_NESTING: [400, 'body', 'malformed'],
  LIMIT_FIELD_ARRAY_INDEX: [400, 'body', 'malformed'],
  MISSING_FIELD_NAME: [400, 'body', 'malformed'],
  INVALID_FIELD_NAME: [400, 'body', 'malformed'],
}

function multerError(code: string, { field, message }: AnyError): KnownError | null {
  const entry = MULTER[code]
  if (entry === undefined) return null
  const [status, place, issueCode] = entry
  return known(issue(place, typeof field === 'string' ? [field] : [], issueCode, String(message)), status)
}

/** Busboy's, which have neither a code nor a status. */
const MALFORMED_FORMS: ReadonlySet<string> = new Set([
  'Unexpected end of form',
  'Unexpected end of file',
  'Malformed part header',
  'Malformed content type',
  'Malformed urlencoded form',
  'Multipart: Boundary not found',
])

/** Multer gives busboy whatever begins so, and busboy takes `multipart/form-data` only. */
const UNSUPPORTED_FORM = 'Unsupported content type: multipart/'

function formError(message: string): KnownError | null {
  if (MALFORMED_FORMS.has(message)) return known(issue('body', [], 'malformed', message), 400)
  if (!message.startsWith(UNSUPPORTED_FORM)) return null
  return known(issue('headers', ['content-type'], 'not_allowed', message), 415)
}
