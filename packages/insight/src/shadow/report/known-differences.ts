import type { KnownDifference, Point, RawFields, TrafficRequest } from '../../types/shadow.js'
import type { Answers } from '../compare/trial.js'
import { fieldValue } from '../compare/field-values.js'

/*
 * Which entry of docs/reference/differences.md a difference belongs to, as far as the request and the answers tell. A guess
 * that can be looked up: the list says what is meant, and how to get Express's behaviour back.
 */

interface Evidence {
  readonly point: Point
  readonly request: TrafficRequest
  readonly express: Answers['express']
  readonly nozomi: Answers['nozomi']
}

interface Rule {
  readonly id: string
  readonly applies: (evidence: Evidence) => boolean
}

/** Names of members that every object has. */
const OWN_METHODS =
  /(?:^|[?&[.])(?:hasOwnProperty|toString|valueOf|constructor|isPrototypeOf|toLocaleString|propertyIsEnumerable)(?:[=&\].]|$)/
/** A path that is not written in its canonical way. */
const ODD_PATH =
  /^[^?]*(?:\/\/|\/\.\.?(?:\/|$|\?)|%(?:2[DdEe]|3\d|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])|\\|%5[Cc])/

/** The first that applies is named. */
const RULES: readonly Rule[] = [
  {
    id: 'static-set-headers-error',
    applies: ({ point, nozomi }) =>
      point.what === 'process' && point.express !== 'the process goes on' && nozomi.status === 500,
  },
  {
    id: 'json-prototype-keys',
    applies: ({ request, express, nozomi }) =>
      nozomi.status === 400 && express.status !== 400 && /"(?:__proto__|prototype)"/.test(textOf(request)),
  },
  {
    id: 'static-canonical-path',
    applies: ({ request, express, nozomi }) =>
      ODD_PATH.test(request.url) && express.status !== nozomi.status && nozomi.status === 404,
  },
  {
    id: 'static-redirect-path',
    applies: ({ point, request }) =>
      isField(point, 'location') && point.express.endsWith('/') && ODD_PATH.test(request.url),
  },
  {
    id: 'location-backslash',
    applies: ({ point }) =>
      isField(point, 'location') && point.express.includes('\\') && /%5C/i.test(point.nozomi),
  },
  { id: 'link-escaped', applies: ({ point }) => isField(point, 'link') && /%3E|%22/i.test(point.nozomi) },
  {
    id: 'early-hints-checked',
    applies: ({ point }) =>
      point.what === 'interim' && point.express.includes('103') && !point.nozomi.includes('103'),
  },
  {
    id: 'continue-when-read',
    applies: ({ point, request }) =>
      point.what === 'interim' && fieldValue(request.fields, 'expect') !== undefined,
  },
  {
    id: 'body-limit-early',
    applies: ({ point, express, nozomi }) =>
      point.what === 'connection' && express.status === 413 && nozomi.status === 413,
  },
  {
    id: 'final-body-early',
    applies: ({ point, request, nozomi }) =>
      point.what === 'connection' && (nozomi.status ?? 0) >= 400 && (request.body?.length ?? 0) > 0,
  },
  {
    id: 'file-ranges-counted',
    applies: ({ request }) => (fieldValue(request.fields, 'range') ?? '').split(',').length > 64,
  },
  {
    id: 'entity-tag-comma',
    applies: ({ point, request }) => point.what === 'status' && hasCommaInTag(request.fields),
  },
  {
    id: 'hostname-validated',
    applies: ({ request }) =>
      !/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i.test(fieldValue(request.fields, 'host') ?? 'localhost'),
  },
  {
    id: 'query-own-methods',
    applies: ({ request }) =>
      OWN_METHODS.test(safelyDecoded(request.url)) || OWN_METHODS.test(safelyDecoded(formOf(request))),
  },
  {
    id: 'error-codes',
    applies: ({ point }) =>
      point.what === 'body' && point.express === '(absent)' && point.nozomi.includes('NOZOMI_'),
  },
  {
    id: 'verify-refusal',
    applies: ({ express, nozomi }) => express.fate === 'timed out' && nozomi.status === 403,
  },
  {
    id: 'status-without-phrase',
    applies: ({ point }) =>
      point.what === 'body' && /\bundefined\b/.test(point.express) && /\d{3}/.test(point.nozomi),
  },
  {
    id: 'message-classes',
    applies: ({ point }) =>
      point.what === 'body' &&
      /IncomingMessage|ServerResponse/.test(point.express) &&
      /Request|Response/.test(point.nozomi),
  },
  {
    id: 'content-length-kept',
    applies: ({ point, request, express, nozomi }) =>
      request.method !== 'HEAD' &&
      (isField(point, 'content-length') || point.what === 'connection') &&
      (hasWrongLength(express) || (express.fate === 'timed out' && nozomi.fate !== 'timed out')),
  },
]

export const RULE_IDS: readonly string[] = RULES.map(({ id }) => id)

export function findKnownDifference(
  point: Point,
  request: TrafficRequest,
  answers: Answers,
): KnownDifference | null {
  const evidence = { point, request, express: answers.express, nozomi: answers.nozomi }
  const rule = RULES.find(({ applies }) => applies(evidence))
  return rule ? { id: rule.id, link: `docs/reference/differences.md#${rule.id}` } : null
}

function isField(point: Point, name: string): boolean {
  return point.what === 'field' && point.where.toLowerCase() === name
}

function textOf({ body }: TrafficRequest): string {
  return body?.toString('utf8') ?? ''
}

function formOf(request: TrafficRequest): string {
  return /urlencoded/i.test(fieldValue(request.fields, 'content-type') ?? '') ? textOf(request) : ''
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function hasCommaInTag(fields: RawFields): boolean {
  const values = [fieldValue(fields, 'if-none-match'), fieldValue(fields, 'if-match')]
  return values.some((value) => /"[^"]*,[^"]*"/.test(value ?? ''))
}

function hasWrongLength({ fields, bodyBytes, framing, fate }: Answers['express']): boolean {
  const length = fieldValue(fields, 'content-length')
  return fate === 'broken' || (framing === 'length' && Number(length) !== bodyBytes)
}
