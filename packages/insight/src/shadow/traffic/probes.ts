import type { RawFields, TrafficRequest } from '../../types/shadow.js'
import type { RouteToProbe } from '../side/side-messages.js'

/*
 * A first look without any traffic: requests made from the route list. All of their methods are safe.
 */

/** Answers to these change nothing (RFC 9110 §9.2.1). PROPFIND is safe (RFC 4918 §9.1), and hardly ever a route. */
const SAFE = ['GET', 'HEAD', 'OPTIONS'] as const
const WRONG_METHOD = 'PROPFIND'

/** What stands for a parameter: a number, and a word. */
const VALUES = ['1', 'shadow'] as const

const ODD_TARGETS = [
  '/',
  '/no-such-page-of-the-shadow-run',
  '/%zz',
  '//',
  '/?q=1&q=2&a[b]=c',
  '/../x',
] as const

const MAX_PROBES = 5000

/**
 * @param routes with the paths of their mounts
 * @param host what the Host field says: the port that the application asked for
 */
export function makeProbes(routes: readonly RouteToProbe[], host: string): TrafficRequest[] {
  const targets = new Map<string, Set<string>>()
  const add = (url: string, methods: readonly string[]) => {
    const known = targets.get(url) ?? new Set()
    for (const method of methods) known.add(method)
    targets.set(url, known)
  }
  for (const { path } of routes) {
    for (const url of urlsOf(path)) {
      add(url, [...SAFE, WRONG_METHOD])
      for (const variant of variantsOf(url)) add(variant, ['GET'])
    }
  }
  for (const url of ODD_TARGETS) add(url, ['GET', 'HEAD', 'OPTIONS'])
  const probes = [...targets].flatMap(([url, methods]) =>
    [...methods].map((method) => probe(method, url, host)),
  )
  return probes.slice(0, MAX_PROBES)
}

/** The same path with another slash, and in other letters. */
function variantsOf(url: string): string[] {
  const slashed = url.endsWith('/') ? url.slice(0, -1) : `${url}/`
  return [slashed, url.toUpperCase(), `${url}?q=1`].filter((one) => one.startsWith('/') && one !== url)
}

/** Paths that a pattern matches, as far as it can be said of a pattern of either version of Express. */
export function urlsOf(pattern: string): string[] {
  const urls = VALUES.flatMap((value) => [fill(pattern, value, true), fill(pattern, value, false)])
  return [...new Set(urls)].filter((url) => /^\/[\w\-./~%:@!$&'()*+,;=]*$/.test(url))
}

function fill(pattern: string, value: string, withOptional: boolean): string {
  return (
    optionalGroups(pattern, withOptional)
      // Express 4: `/:id(\\d+)?`, `/:id?`
      .replaceAll(/\/:\w+(?:\([^)]*\))?\?/g, withOptional ? `/${value}` : '')
      .replaceAll(/:(?:"[^"]*"|[\w$]+)(\([^)]*\))?/g, (_whole, expression: string | undefined) =>
        expression?.includes(String.raw`\d`) ? '1' : value,
      )
      .replaceAll(/\*(?:"[^"]*"|\w+)?/g, `${value}/${value}`)
      .replaceAll(/\\(.)/g, '$1') || '/'
  )
}

/** `{/:id}`; a group may stand in a group. */
function optionalGroups(pattern: string, withOptional: boolean): string {
  let text = pattern
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(/\{([^{}]*)\}/, withOptional ? '$1' : '')
  }
  return text
}

function probe(method: string, url: string, host: string): TrafficRequest {
  const fields: RawFields = [
    ['Host', host],
    ['Accept', '*/*'],
  ]
  const rest = {
    body: null,
    chunked: false,
    client: 'one',
    abort: null,
    answer: null,
    unsendable: null,
  } as const
  return { method, url, fields, cookies: 'jar', ...rest }
}
