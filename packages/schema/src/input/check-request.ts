/*
 * Runs for each request that has a contract. It asks one part after the other, and gives a promise only when a schema did. Watched by
 * bench/validate.mjs.
 */
import { ValidationError } from '../problems/validation-error.js'
import type { Result } from '../schemas/run-schema.js'
import type { Contract } from '../types/contract.js'
import type { FoundIssue } from '../types/issue.js'
import type { ValidateOptions } from '../types/options.js'
import { compileBody } from './body.js'
import { compileCookies } from './cookies.js'
import { compileFiles } from './files.js'
import { completeIssues } from './issue-details.js'
import { compileHeaders } from './headers.js'
import { compileParams } from './params.js'
import type { Part } from './part.js'
import { compileQuery } from './query.js'
import { type Kept, keptOf, validOf } from './kept.js'
import type { InputRequest } from './request.js'

/** What is wrong with a request, or null; then its parts have been replaced by what their schemas made of them. */
export type CheckRequest = (req: InputRequest) => ValidationError | null | Promise<ValidationError | null>

/** The parts of a contract that are about requests, ready to run. Null when it names none. */
export function compileRequestCheck(contract: Contract, options: ValidateOptions): CheckRequest | null {
  const parts = partsOf(contract, options)
  const status = options.status ?? 400
  if (parts.length === 0) return null
  const { params, query, cookies, body } = contract
  const keeps = Boolean(params ?? query ?? cookies ?? body) || body === null
  return function checkRequest(req) {
    const results: Result[] = []
    const kept = keptOf(req, keeps)
    for (let index = 0; index < parts.length; index++) {
      const result = parts[index]!.check(req, kept)
      if (result instanceof Promise) return awaitRest(parts, req, kept, results, result, status)
      results.push(result)
    }
    return settle(parts, req, kept, results, status)
  }
}

function partsOf(contract: Contract, options: ValidateOptions): readonly Part[] {
  const { params, query, headers, cookies, body, files } = contract
  return [
    params && compileParams(params, options),
    query && compileQuery(query, options),
    headers && compileHeaders(headers, options),
    cookies && compileCookies(cookies, options),
    body === undefined ? undefined : compileBody(contract, options),
    files && compileFiles(files, options),
  ].filter((part) => part !== undefined)
}

/** The parts that are left are asked at once, and not each after the one before. */
async function awaitRest(
  parts: readonly Part[],
  req: InputRequest,
  kept: Kept,
  done: readonly Result[],
  first: Promise<Result>,
  status: 400 | 422,
): Promise<ValidationError | null> {
  const rest = parts.slice(done.length + 1).map(async (part) => part.check(req, kept))
  return settle(parts, req, kept, [...done, ...(await Promise.all([first, ...rest]))], status)
}

/** Invariant: a request is changed only when all of it has passed. */
function settle(
  parts: readonly Part[],
  req: InputRequest,
  kept: Kept,
  results: readonly Result[],
  status: 400 | 422,
): ValidationError | null {
  for (let index = 0; index < results.length; index++) {
    if (results[index]!.issues) return new ValidationError(allIssues(parts, req, kept, results), status)
  }
  const valid = validOf(req, kept)
  for (let index = 0; index < results.length; index++) {
    parts[index]!.keep(req, (results[index] as { value: unknown }).value, kept, valid)
  }
  return null
}

function allIssues(
  parts: readonly Part[],
  req: InputRequest,
  kept: Kept,
  results: readonly Result[],
): FoundIssue[] {
  return results.flatMap(({ issues }, index) => {
    if (issues === undefined || issues.length === 0) return []
    const part = parts[index]!
    return completeIssues(issues, part.place, part.origin(req, kept))
  })
}
