import type { AnswerHead } from '../exchange/answer-head.js'
import type { Part } from './event-fields.js'
import type { LambdaOptions } from './lambda-options.js'

/** A request as an event tells of it. */
export interface LambdaRequest {
  readonly method: string
  readonly path: string
  /** Without `?`; empty where there is none. */
  readonly query: string
  readonly fields: [name: string, value: string][]
  /** The host, where no field says it. */
  readonly host: string | null
  readonly ip: string
}

/** The body of an answer, as JSON can carry it. */
export interface ResultBody {
  body: string
  isBase64Encoded: boolean
}

/** What turns requests into events, and results into answers: one of AWS's ways to call a function over HTTP. */
export interface Gateway {
  readonly name: string
  /** How much JSON it takes as a result, in bytes. */
  readonly limit: number
  read(event: Part, options: LambdaOptions): LambdaRequest
  /** The head of an answer, as the gateway takes it. */
  head(answer: AnswerHead): object
}

/** What Lambda takes as a result, in bytes of JSON. */
export const LAMBDA_LIMIT = 6_291_556

/** The values of each field, under its name as it was first written. */
export function fieldLists(fields: readonly string[]): Map<string, string[]> {
  const names = new Map<string, string>()
  const lists = new Map<string, string[]>()
  for (let i = 0; i < fields.length; i += 2) {
    const given = fields[i] as string
    const lower = given.toLowerCase()
    const name = names.get(lower) ?? given
    names.set(lower, name)
    const list = lists.get(name)
    if (list === undefined) lists.set(name, [fields[i + 1] as string])
    else list.push(fields[i + 1] as string)
  }
  return lists
}

export function isSetCookie(name: string): boolean {
  return name.toLowerCase() === 'set-cookie'
}
