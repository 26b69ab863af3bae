import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { NextFunction, Request, Response } from 'express-serve-static-core'
import type { Messages } from '../types/options.js'
import { isAnsweredAlone } from './automatic-options.js'
import { createError } from './catalogue.js'
import { assertMembers, assertNoRequest, refuse, isRecord, show } from './given.js'
import { type Problem, problemOf, read, type SaidProblem, type Telling } from './problem.js'
import { sendProblem } from './send-problem.js'

/** How errors are answered. */
export interface ProblemsOptions {
  /**
   * Words for issues, by language and code; the client's `Accept-Language` chooses. Default: the words of the schema libraries.
   *
   * @example
   * { de: { required: 'fehlt', too_small: (issue) => `mindestens ${issue.details.minimum}` } }
   */
  readonly messages?: Readonly<Record<string, Messages>>
  /**
   * Which problem an error is: asked first, before an error's own `toProblem()`. `found` is what would be answered otherwise, in the words of the
   * client's language. What it gives goes over that, member by member, and its `headers` become fields of the answer; null or undefined
   * leaves all as it is. Errors of this package have a `code`, those of body-parser a `type`. Security: what it says is told, of a 5xx in
   * production too.
   *
   * When it throws, that is told like an error of the server, and the answer is the one without it.
   *
   * @example
   * (error) => error instanceof Sold ? { type: '/problems/sold', status: 409, sku: error.sku, headers: { 'Retry-After': '7' } } : null
   */
  readonly problemOf?: (error: unknown, found: Problem, req: Request) => SaidProblem | null | undefined
  /** The language of `messages` for clients that name none. Default: the first one. */
  readonly language?: string
  /** The URI of a kind of problem, for `type`; undefined for `about:blank`. Default: `about:blank` for all. */
  readonly type?: (error: unknown, status: number) => string | undefined
  /** What names this one occurrence, such as the id of the request. Default: there is no `instance`. */
  readonly instance?: (req: Request) => string | undefined
  /**
   * Told of each error of the server (5xx). Default: its stack on `console.error`, as the frameworks do for errors that nobody handles, unless the
   * setting `env` is `test`. Also of one that comes when the answer has begun, which the framework then ends.
   */
  readonly onError?: (error: unknown, req: Request) => void
}

/** An error handler of Express. */
export type ProblemHandler = (error: unknown, req: Request, res: Response, next: NextFunction) => void

/**
 * Answers whatever fails with `application/problem+json` (RFC 9457): what `validate()` found, malformed JSON with its position, bodies
 * of a wrong type or too large, uploads that multer refused, errors with a `status`, and all others as 500. Put it after the
 * routes, and `problems.notFound()` before it for requests that nothing answers.
 *
 * In production (the setting `env`) nothing of a 5xx is told but its status. Of 4xx the message is told, unless the error says `expose:
 * false`. `headers` of an error are sent. Once an answer has begun the error is passed on, and the framework ends the connection.
 *
 * @example
 * app.use(problems.notFound())
 * app.use(problems({ messages: { de: { required: 'fehlt' } } }))
 * @throws ContractError for an option that there is not; TypeError for a `language` that `messages` does not have, and where a
 * function is none
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problems(options: ProblemsOptions = {}): ProblemHandler {
  assertMembers('problems()', 'options', options, OPTIONS)
  assertFunctions(options)
  assertMessages(options.messages)
  const languages = languagesOf(options)
  return function problemHandler(error, req, res, next) {
    if (res.headersSent) {
      if (!isOfClient(error)) options.onError?.(error, req)
      next(error)
      return
    }
    const language = languages.length === 0 ? null : chooseLanguage(req, languages)
    const told = problemOf(error, fallbackStatus(res), tellingTo(error, req, options, language))
    const problem = ordered(told.problem, req, options)
    if (problem.status >= 500) report(error, req, options)
    if (res.destroyed || res.writableEnded) return
    for (const name of STALE_FIELDS) res.removeHeader(name)
    if (typeof error === 'object' && error !== null) setFields(res, read(error, 'headers'))
    setFields(res, told.headers)
    if (languages.length > 0) {
      res.vary('Accept-Language')
      if (language !== null && problem.issues !== undefined) res.setHeader('Content-Language', language)
    }
    sendProblem(req, res, problem)
  }
}

/**
 * Middleware for the end of an application: what reaches it is 404, and passed on as an error, so that `problems()` answers it like
 * any other. But not an OPTIONS request that the framework answers by itself, with the methods of the routes before it; where it is registered
 * under a path of its own, that can't be told, and it is 404.
 *
 * @example
 * app.use(problems.notFound())
 * app.use(problems())
 */
problems.notFound = function notFound(
  ...given: readonly never[]
): (req: Request, res: Response, next: NextFunction) => void {
  assertNoRequest('problems.notFound()', 'the argument', given[0])
  return function problemNotFound(req, _res, next) {
    if (isAnsweredAlone(req, problemNotFound)) {
      next()
      return
    }
    const target = req.originalUrl ?? req.url
    next(createError('NOZOMI_SCHEMA_NOT_FOUND', [req.method, target.split('?', 1)[0]!]))
  }
}

const OPTIONS: readonly (keyof ProblemsOptions)[] = [
  'messages',
  'problemOf',
  'language',
  'type',
  'instance',
  'onError',
]

function assertMessages(messages: unknown = {}): void {
  const right = "name each language: { de: { required: 'fehlt' } }"
  if (!isRecord(messages)) refuse('problems()', 'options.messages', `is ${show(messages)}`, right)
  for (const [language, words] of Object.entries(messages)) {
    if (!isRecord(words)) refuse('problems()', `options.messages.${language}`, `is ${show(words)}`, right)
  }
}

function assertFunctions(options: ProblemsOptions): void {
  for (const name of ['problemOf', 'type', 'instance', 'onError'] as const) {
    const given: unknown = options[name]
    if (given === undefined || typeof given === 'function') continue
    throw new TypeError(`problems(): \`${name}\` is ${typeof given}; give a function`)
  }
}

function languagesOf({ messages, language }: ProblemsOptions): readonly string[] {
  const languages = Object.keys(messages ?? {})
  if (language === undefined) return languages
  if (languages.includes(language)) return [language, ...languages.filter((one) => one !== language)]
  throw new TypeError(
    `problems(): there are no \`messages\` in the language ${JSON.stringify(language)}; there are: ${languages.join(', ')}`,
  )
}

function chooseLanguage(req: Request, languages: readonly string[]): string | null {
  return req.acceptsLanguages([...languages]) || null
}

function tellingTo(error: unknown, req: Request, options: ProblemsOptions, language: string | null): Telling {
  return {
    said: (found) => saidByApplication(error, found, req, options),
    isProduction: environmentOf(req) === 'production',
    messages: language === null ? null : (options.messages?.[language] ?? null),
    type: (status) => options.type?.(error, status),
  }
}

/** What `problemOf` says; null where it says nothing, or fails. */
function saidByApplication(
  error: unknown,
  found: Problem,
  req: Request,
  options: ProblemsOptions,
): SaidProblem | null {
  if (options.problemOf === undefined) return null
  try {
    const said: unknown = options.problemOf(error, found, req)
    if (said === null || said === undefined) return null
    if (typeof said !== 'object' || said instanceof Promise) refuseSaid(said)
    return said as SaidProblem
  } catch (failure) {
    report(failure, req, options)
    return null
  }
}

function refuseSaid(said: unknown): never {
  if (said instanceof Promise) said.catch(() => undefined)
  const given = said instanceof Promise ? 'a promise' : `a ${typeof said}`
  throw new TypeError(`problems(): \`problemOf\` gave ${given}; it gives an object or null, at once`)
}

function environmentOf(req: Request): unknown {
  return req.app?.get('env') ?? process.env['NODE_ENV']
}

/** Once an answer has begun the framework tells of the error, unless it says that it is none of the server. */
function isOfClient(error: unknown): boolean {
  const { status } = (error ?? {}) as { status?: unknown }
  return typeof status === 'number' && status >= 400 && status < 500
}

/** Parity: a handler may have set the status before it failed. */
function fallbackStatus(res: Response): number {
  return res.statusCode >= 400 && res.statusCode <= 599 ? res.statusCode : 500
}

/** The members in the order of RFC 9457, with those of the options. */
function ordered(told: Problem, req: Request, options: ProblemsOptions): Problem {
  const { type, title, status, detail, issues, stack, ...extensions } = told
  const instance = options.instance?.(req) ?? told.instance
  return {
    type,
    title,
    status,
    ...(detail !== undefined && { detail }),
    ...extensions,
    ...(instance !== undefined && { instance }),
    ...(issues !== undefined && { issues }),
    ...(stack !== undefined && { stack }),
  }
}

function report(error: unknown, req: Request, options: ProblemsOptions): void {
  if (options.onError !== undefined) options.onError(error, req)
  else if (environmentOf(req) !== 'test') {
    const stack = typeof error === 'object' && error !== null ? read(error, 'stack') : undefined
    console.error(stack ?? error)
  }
}

/** What described the answer that will not be given. */
const STALE_FIELDS = [
  'Content-Encoding',
  'Content-Language',
  'Content-Range',
  'Content-Disposition',
  'ETag',
  'Last-Modified',
  'Transfer-Encoding',
  'Trailer',
]

/** Security: the `headers` of an error may hold what a client sent; one that can't be sent is left out. */
function setFields(res: Response, headers: unknown): void {
  if (typeof headers !== 'object' || headers === null) return
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name)
      for (const one of [value].flat()) validateHeaderValue(name, one)
      res.setHeader(name, value)
    } catch {
      process.emitWarning(
        `the field ${JSON.stringify(name)} in the headers of an error can't be sent and was left out`,
        {
          code: 'NOZOMI_ERROR_HEADERS',
        },
      )
    }
  }
}
