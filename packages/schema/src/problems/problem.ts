import { STATUS_CODES } from 'node:http'
import type { FoundIssue, Issue } from '../types/issue.js'
import type { Messages } from '../types/options.js'
import { formatIssues } from './issue-text.js'
import { type KnownError, knownError } from './known-errors.js'
import { ValidationError } from './validation-error.js'

/**
 * A problem as RFC 9457 has it, with the issues of what did not pass.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export interface Problem {
  /** A URI that names the kind of problem; `about:blank` where the status says it all. */
  readonly type: string
  /** The reason phrase of the status, where `type` is `about:blank`. */
  readonly title: string
  readonly status: number
  /** What went wrong this time, for people. */
  readonly detail?: string
  /** Names this one occurrence. */
  readonly instance?: string
  /** What is wrong with the request; absent where there is nothing to list. */
  readonly issues?: readonly Issue[]
  /** Of an error of the server, outside production only. */
  readonly stack?: readonly string[]
  /** Members of the error's own, from its `toProblem()` (RFC 9457 §3.2). */
  readonly [extension: string]: unknown
}

/**
 * Which problem an error is, as far as somebody says it: the error itself by its method `toProblem()`, or the application by
 * `problems({ problemOf })`. What is left out is found, and what is undefined is left out of the answer.
 */
export interface SaidProblem {
  readonly type?: string | undefined
  readonly title?: string | undefined
  /** From 400 to 599. */
  readonly status?: number | undefined
  readonly detail?: string | undefined
  readonly instance?: string | undefined
  readonly issues?: readonly Issue[] | undefined
  /** Fields of the answer, after those of the error itself. They are no member of the problem. */
  readonly headers?: Readonly<Record<string, string | number | readonly string[]>> | undefined
  /** RFC 9457 §3.2: further members. */
  readonly [extension: string]: unknown
}

/** What of an error is told, and how. */
export interface Telling {
  /** Whether nothing of an error of the server is told. */
  readonly isProduction: boolean
  /** The words for issues; null for those of the libraries. */
  readonly messages: Messages | null
  /** The URI of a kind of problem; undefined for `about:blank`. */
  readonly type: (status: number) => string | undefined
  /** What the application says, asked first; null where it says nothing. */
  readonly said: (found: Problem) => SaidProblem | null
}

/** A problem, and the fields that go with it besides those of the error. */
export interface ToldProblem {
  readonly problem: Problem
  readonly headers: unknown
}

/**
 * The problem that an error, or whatever was thrown, is. `fallbackStatus` is for what has no status of its own.
 *
 * What the application says goes before what the error says of itself, and that before all that is found. Of an error of the server
 * nothing that it says itself is told in production.
 */
export function problemOf(error: unknown, fallbackStatus: number, telling: Telling): ToldProblem {
  const ofError = saidByError(error)
  const own = statusOf(ofError)
  const found = foundProblem(error, statusOf(error) ?? own ?? fallbackStatus, telling)
  const said = telling.said(found)
  if (said !== null) return together(found, said, () => foundProblem(error, statusOf(said)!, telling, true))
  if (ofError === null) return { problem: found, headers: null }
  if (telling.isProduction && (own ?? found.status) >= 500) {
    const hidden = own === undefined ? found : foundProblem(error, own, telling, true)
    return { problem: hidden, headers: ofError.headers }
  }
  return together(found, ofError, () => foundProblem(error, own!, telling, true))
}

/** What was said over what was found; found once more where another status was said. */
function together(found: Problem, said: SaidProblem, findAgain: () => Problem): ToldProblem {
  const { headers, status: _, ...members } = said
  const status = statusOf({ status: said.status }) ?? found.status
  const base = status === found.status ? found : findAgain()
  return { problem: { ...base, ...members } as Problem, headers }
}

/** What the error says of itself; null where it says nothing. */
function saidByError(error: unknown): SaidProblem | null {
  if (typeof error !== 'object' || error === null) return null
  try {
    const { toProblem } = error as { toProblem?: unknown }
    const own: unknown = typeof toProblem === 'function' ? toProblem.call(error) : null
    return typeof own === 'object' && own !== null ? (own as SaidProblem) : null
  } catch {
    return null
  }
}

/** @param isSaid whether the status is the one that was said, and not to be looked for */
function foundProblem(error: unknown, givenStatus: number, telling: Telling, isSaid = false): Problem {
  const known = typeof error === 'object' && error !== null ? issuesOf(error) : null
  const status = isSaid ? givenStatus : (known?.status ?? givenStatus)
  const title = STATUS_CODES[status] ?? (status < 500 ? 'Client Error' : 'Server Error')
  const issues = known?.issues.map((issue) => told(issue, telling.messages))
  const detail = detailOf(error, status, known, issues, telling)
  const stack = status >= 500 && !telling.isProduction ? stackOf(error) : undefined
  return {
    type: telling.type(status) ?? 'about:blank',
    title,
    status,
    ...(detail !== undefined && detail !== '' && detail !== title && { detail }),
    ...(issues !== undefined && { issues }),
    ...(stack !== undefined && { stack }),
  }
}

/** The status that an error names itself: from 400 to 599; undefined where it names none. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  return [read(error, 'status'), read(error, 'statusCode')].find(
    (status) => Number.isInteger(status) && (status as number) >= 400 && (status as number) <= 599,
  ) as number | undefined
}

/** Errors are made by anybody: a member may be a getter that throws. */
export function read(error: object, member: string): unknown {
  try {
    return (error as Record<string, unknown>)[member]
  } catch {
    return undefined
  }
}

function issuesOf(error: object): KnownError | null {
  try {
    return isValidationError(error) ? knownOf(error) : knownError(error)
  } catch {
    return null
  }
}

/** A package that an application uses may have brought a `ValidationError` of another instance of this one. */
function isValidationError(error: object): error is ValidationError {
  if (error instanceof ValidationError) return true
  const { code, issues } = error as { code?: unknown; issues?: unknown }
  return code === 'NOZOMI_SCHEMA_INVALID' && Array.isArray(issues)
}

function knownOf({ issues, detail }: ValidationError): KnownError {
  return detail === undefined ? { issues } : { issues, detail, isOwnDetail: true }
}

/** What leaves the server of an issue, in the words that were asked for. */
function told(issue: FoundIssue, messages: Messages | null): Issue {
  const words = messages?.[issue.code]
  const message = (typeof words === 'function' ? words(issue) : words) ?? issue.message
  return { in: issue.in, path: issue.path, code: issue.code, message }
}

function detailOf(
  error: unknown,
  status: number,
  known: KnownError | null,
  issues: readonly Issue[] | undefined,
  telling: Telling,
): string | undefined {
  if (status >= 500) return telling.isProduction ? undefined : messageOf(error)
  // Security: what an error does not want to be shown is not, whatever its status.
  if (typeof error === 'object' && error !== null && read(error, 'expose') === false) return undefined
  if (issues === undefined) return messageOf(error)
  const isTold = telling.messages === null || known?.isOwnDetail === true
  return isTold && known?.detail !== undefined ? known.detail : formatIssues(issues)
}

function messageOf(error: unknown): string | undefined {
  try {
    if (typeof error !== 'object' || error === null) return String(error)
    const message = read(error, 'message')
    return typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}

function stackOf(error: unknown): readonly string[] | undefined {
  const stack = typeof error === 'object' && error !== null ? read(error, 'stack') : undefined
  return typeof stack === 'string' ? stack.split('\n').map((line) => line.trim()) : undefined
}
