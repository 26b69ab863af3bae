import type { Carrier } from './carrier.js'

/*
 * What a carrier without a connection can't do: scenarios that come out another way on it, and why. The page
 * docs/reference/carriers.md is made of this. A scenario that is listed and comes out equal fails, so that the list stays
 * true.
 */

export const REASONS = {
  connection: 'there is no connection that could be kept or closed',
  version: 'a request is one of HTTP/1.1',
  host: 'a request always has a Host, and one that is a host',
  target: 'a target is a path: it has neither an origin nor a fragment',
  count: 'how many fields there may be is for the server in front to say',
  url: 'a Web Request normalises its URL: dot segments are gone, some characters encoded, an empty query dropped',
  fields: 'Web Headers are in lower case and sorted, and fields of one name are joined',
  method: 'a Web Request takes no body with GET and HEAD, and neither TRACE nor CONNECT',
  status: 'a Web Response has a status from 200 to 599',
  trailers: 'a Web Response has no trailers',
  version2: 'a request is one of HTTP/2, whose names are in lower case, and whose cookies come joined',
  authority: 'the library under node refuses an `:authority` that is no host',
  fields2: 'a request has one `:authority`, and at most 256 fields unless an option says otherwise',
  repeated: 'the client of node sends no field twice that has one value',
  phrase: 'HTTP/2 has no reason phrases (RFC 9113 §8.3.2)',
  status2: 'an answer over HTTP/2 has a status from 200 to 599',
} as const

export type Reason = keyof typeof REASONS

const OF_BOTH: Readonly<Record<string, Reason>> = {
  'connection/keep-alive: Connection: close of the client, and of the application': 'connection',
  'input/requests: fields': 'count',
  'input/requests: HTTP/1.0, with and without keep-alive': 'version',
  'req/host: HTTP/1.0 may go without Host': 'host',
  'req/fields: path, url and originalUrl are the target as it was sent': 'target',
  'req/query: the simple parser is the default': 'target',
  'req/query: the extended parser nests': 'target',
  'routing/patterns: the root': 'target',
  'routing/rewriting: fully qualified targets are routed by their path, and keep their origin in req.url':
    'target',
  'routing/rewriting: a fully qualified target within a mounted router': 'target',
  'routing/rewriting: dots, doubled slashes and fragments in a target reach the router as they are': 'target',
}

/** By the name of the carrier, then of the scenario. */
export const LIMITS: Readonly<Record<string, Readonly<Record<string, Reason>>>> = {
  inject: OF_BOTH,
  fetch: {
    ...OF_BOTH,
    'app/application: req and res are what node calls them': 'fields',
    'req/fields: repeated fields are joined, dropped or listed as node does': 'fields',
    'bodies/json: no body, and bodies of methods that seldom have one': 'method',
    'routing/methods: every method of node has a verb that answers it, and no other': 'method',
    'routing/methods: all answers every method': 'method',
    'routing/methods: OPTIONS lists the methods of all routes that match, sorted, once each': 'target',
    'held/values: a Host that is no host gives no hostname': 'host',
    'held/values: validate host disabled gives whatever the field holds, as Express does': 'host',
    'req/host: an empty Host gives undefined': 'host',
    'res/send: write and end, streams and trailers, without send': 'trailers',
    'res/status: status of every class': 'status',
    'res/status: sendStatus answers the phrase of the status as text': 'status',
    'final/handler: what nobody answers is 404 with method and path': 'url',
    'held/files: a guard on a folder is not passed by another spelling of the path': 'url',
    'held/files: the option canonical: false answers every spelling, as Express does': 'url',
    'held/files: a folder that is asked for in another spelling is not redirected to another host': 'url',
    'req/query: a function parses the text': 'url',
    'routing/patterns: escaped characters are text': 'url',
    'static/paths: traversal without fallthrough': 'url',
    'static/paths: redirects of folders keep the query and escape what they show': 'url',
    'static/paths: targets with an origin': 'target',
  },
  h2c: {
    'app/application: req and res are what node calls them': 'version2',
    'connection/keep-alive: Connection: close of the client, and of the application': 'connection',
    'input/requests: HTTP/1.0, with and without keep-alive': 'version',
    'input/requests: fields': 'fields2',
    'req/fields: repeated fields are joined, dropped or listed as node does': 'repeated',
    'req/host: HTTP/1.0 may go without Host': 'host',
    'req/host: an empty Host gives undefined': 'authority',
    'held/values: a Host that is no host gives no hostname': 'authority',
    'held/values: validate host disabled gives whatever the field holds, as Express does': 'authority',
    'res/send: write and end, streams and trailers, without send': 'phrase',
    'res/status: status of every class': 'status2',
    'res/status: sendStatus answers the phrase of the status as text': 'status2',
    'final/handler: what nobody answers is 404 with method and path': 'target',
    'routing/rewriting: fully qualified targets are routed by their path, and keep their origin in req.url':
      'target',
    'routing/rewriting: a fully qualified target within a mounted router': 'target',
    'routing/rewriting: dots, doubled slashes and fragments in a target reach the router as they are':
      'target',
    'static/paths: targets with an origin': 'target',
  },
}

const DROPS_FIELDS = Number(process.versions.node.split('.')[0]) < 22

/** On Node 20 alone, which drops the fields that are too many; later ones refuse the request, on every way of serving. */
const OF_NODE_20: Readonly<Record<string, readonly string[]>> = { inject: ['input/requests: fields'] }

export function limitOf(carrier: Carrier, scenario: string): string | undefined {
  if (!DROPS_FIELDS && OF_NODE_20[carrier.name]?.includes(scenario)) return undefined
  const reason = LIMITS[carrier.name]?.[scenario]
  return reason && REASONS[reason]
}
