import type { Part } from './event-fields.js'
import { optionalPartOf, optionalTextOf, wrong } from './event-fields.js'

/*
 * The target of a request, as a client would have sent it, from what an event tells of it.
 */

/**
 * A path as it stands in a target.
 *
 * REST APIs, function URLs and load balancers give the path as it was sent. HTTP APIs give it percent-decoded, so that it may
 * have what no path can: a blank, `?`, `#`, letters beyond ASCII, a bare `%`. These are encoded; what is already encoded is
 * left, so that nobody has to know who sent the event. `%2F` of an HTTP API has become a slash, and can't be told from one.
 */
export function pathOf(event: Part, name: string, prefix: string | undefined): string {
  const given = optionalTextOf(event, name)
  if (given === null || !given.startsWith('/')) throw wrong(event, name, 'a path that begins with a slash')
  const path = given.replaceAll(NOT_IN_PATH, encode)
  return withoutPrefix(path, prefix === 'stage' ? stageOf(event) : prefix)
}

const NOT_IN_PATH = /[^\x21-\x7e]|[?#]|%(?![0-9a-f]{2})/giu
const NOT_IN_QUERY = /[^\x21-\x7e]|#/gu

function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'))
}

function withoutPrefix(path: string, prefix: string | undefined): string {
  if (prefix === undefined || !path.startsWith(prefix)) return path
  const rest = path.slice(prefix.length)
  if (rest === '') return '/'
  return rest.startsWith('/') ? rest : path
}

function stageOf(event: Part): string | undefined {
  const context = optionalPartOf(event, 'requestContext')
  const stage = context && optionalTextOf(context, 'stage')
  return stage === null || stage === '$default' ? undefined : `/${stage}`
}

/** A query that was given decoded, as REST APIs do. */
export function encodedQuery(entries: readonly [string, string][]): string {
  return entries.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
}

/** A query that was given as it was sent: what can't stand in a target is encoded. */
export function rawQuery(query: string): string {
  return query.replaceAll(NOT_IN_QUERY, encode)
}
