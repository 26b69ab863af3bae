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
  broken: 'a function is not called for a request that breaks off',
  length:
    'a function is called when all of a request has come: the length of its body is known then, and its trailers gone',
  collected: 'a result is all of an answer: one that breaks off is none',
  result: 'a result has no trailers, and but for that of a load balancer no reason phrase',
  emptyQuery: 'a query that is empty is none',
  percent:
    'a bare `%` in the path of an event is taken for one that was decoded, because HTTP APIs decode it',
  decoded: 'an HTTP API decodes the path',
  parameters:
    'a REST API gives the parameters of a query apart and decoded, a load balancer apart: `?a` is `?a=` to one, `?a=` is `?a` to the other',
  names: 'the names of fields in an event are in lower case, and those of one name are joined',
  scheme: 'what X-Forwarded-Proto says is the scheme: the gateway writes it',
  forwarded: 'a load balancer tells of the client by X-Forwarded-For, in front of every `trust proxy`',
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

const OF_HTTP2: Readonly<Record<string, Reason>> = {
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
  'routing/rewriting: dots, doubled slashes and fragments in a target reach the router as they are': 'target',
  'static/paths: targets with an origin': 'target',
}

const OF_LAMBDA: Readonly<Record<string, Reason>> = {
  'app/application: a router alone serves node:http': 'percent',
  'bodies/codings: chunked bodies, with and without a coding': 'length',
  'bodies/failures: a client that breaks off instead of sending the body': 'broken',
  'bodies/failures: a client that closes its half in the middle of the body': 'broken',
  'bodies/failures: a chunked body with a bad chunk': 'broken',
  'bodies/limits: bodies of unknown length, and inflated ones, are counted as they come': 'length',
  'connection/keep-alive: Connection: close of the client, and of the application': 'connection',
  'final/handler: what nobody answers is 404 with method and path': 'target',
  'held/sent-files: a redirect to a folder has an encoded backslash, and no fragment': 'target',
  'input/requests: fields': 'count',
  'input/requests: framing of bodies, and conflicts': 'length',
  'input/requests: malformed percent-encoding: fine for middleware, 400 for a param, 400 for static':
    'percent',
  'req/fields: path, url and originalUrl are the target as it was sent': 'target',
  'req/host: HTTP/1.0 may go without Host': 'version',
  'req/proxy: X-Forwarded-Proto: the first of a list, spaces, case, nonsense': 'scheme',
  'req/query: the simple parser is the default': 'target',
  'req/query: the extended parser nests': 'target',
  'req/query: a function parses the text': 'emptyQuery',
  'res/send: write and end, streams and trailers, without send': 'result',
  'routing/errors: bad percent-encoding is an error of the first pattern that would match, and later handlers see it':
    'percent',
  'routing/methods: OPTIONS lists the methods of all routes that match, sorted, once each': 'target',
  'routing/patterns: the root': 'target',
  'routing/patterns: encoded characters in params: kept, decoded, refused': 'percent',
  'routing/regexps: groups are decoded, badly encoded ones are refused': 'percent',
  'routing/rewriting: fully qualified targets are routed by their path, and keep their origin in req.url':
    'target',
  'routing/rewriting: a fully qualified target within a mounted router': 'target',
  'routing/rewriting: dots, doubled slashes and fragments in a target reach the router as they are': 'target',
  'static/options: fallthrough: false answers the errors': 'percent',
  'static/paths: redirects of folders keep the query and escape what they show': 'emptyQuery',
  'static/paths: targets with an origin': 'target',
}

const COLLECTED: Readonly<Record<string, Reason>> = {
  'routing/errors: an error after the answer began breaks the connection off': 'collected',
  'routing/methods: headers that were sent before the list of OPTIONS': 'collected',
}

const LOWER: Readonly<Record<string, Reason>> = {
  'app/application: req and res are what node calls them': 'names',
  'req/fields: repeated fields are joined, dropped or listed as node does': 'names',
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
  h2c: OF_HTTP2,
  h2: OF_HTTP2,
  'lambda-rest': {
    ...OF_LAMBDA,
    ...COLLECTED,
    'app/use: a path is a prefix that ends at a slash and is taken off req.url': 'parameters',
    "req/query: 'simple' and true are the parser of node:querystring": 'parameters',
    'req/query: a function may give anything': 'parameters',
    'routing/patterns: a static path, with or without its trailing slash, in any case': 'parameters',
  },
  'lambda-http': {
    ...OF_LAMBDA,
    ...COLLECTED,
    ...LOWER,
    'held/files: a guard on a folder is not passed by another spelling of the path': 'decoded',
    'held/files: the option canonical: false answers every spelling, as Express does': 'decoded',
    'routing/patterns: a static path, with or without its trailing slash, in any case': 'decoded',
    'routing/patterns: params take one segment, decoded': 'decoded',
    'routing/patterns: a wildcard takes the rest as an array of decoded segments': 'decoded',
    'routing/patterns: escaped characters are text': 'decoded',
    'routing/patterns: a pattern with non-ASCII text': 'decoded',
  },
  'lambda-balancer': {
    ...OF_LAMBDA,
    ...COLLECTED,
    ...LOWER,
    'input/requests: request lines': 'forwarded',
    'input/requests: HTTP/1.0, with and without keep-alive': 'forwarded',
    'routing/rewriting: a slash that was added under a mount path is taken away again': 'parameters',
    'req/proxy: trust proxy: true trusts everybody: the leftmost address counts': 'forwarded',
    'req/proxy: trust proxy: 1 trusts one hop': 'forwarded',
    'req/proxy: trust proxy: 2 trusts two hops': 'forwarded',
    'req/proxy: trust proxy: 9 trusts more hops than there are': 'forwarded',
    'req/proxy: trust proxy: an address': 'forwarded',
    'req/proxy: trust proxy: several addresses in one string': 'forwarded',
    'req/proxy: trust proxy: an array of addresses and subnets': 'forwarded',
    'req/proxy: trust proxy: a subnet with a netmask': 'forwarded',
    'req/proxy: trust proxy: loopback by its name': 'forwarded',
    'req/proxy: trust proxy: loopback and uniquelocal': 'forwarded',
    'req/proxy: trust proxy: a function': 'forwarded',
    'req/proxy: X-Forwarded-For in strange forms': 'forwarded',
    'req/proxy: an address that is none stops a list of trusted addresses': 'forwarded',
    'req/proxy: X-Forwarded-Host: the first of a list, with a port, IPv6, empty': 'forwarded',
    'req/proxy: a trust function is asked with address and hop, until it says no': 'forwarded',
  },
  'lambda-url': { ...OF_LAMBDA, ...LOWER },
}

/** Of these nothing is played: the application would never hear of the request, or never answer it, and all wait. */
export function isUnplayable(carrier: Carrier, scenario: string): boolean {
  const reason = LIMITS[carrier.name]?.[scenario]
  return reason === 'broken' || (reason === 'percent' && scenario.startsWith('routing/errors'))
}

const DROPS_FIELDS = Number(process.versions.node.split('.')[0]) < 22

/** On Node 20 alone, which drops the fields that are too many; later ones refuse the request, on every way of serving. */
const OF_NODE_20: Readonly<Record<string, readonly string[]>> = { inject: ['input/requests: fields'] }

export function limitOf(carrier: Carrier, scenario: string): string | undefined {
  if (!DROPS_FIELDS && OF_NODE_20[carrier.name]?.includes(scenario)) return undefined
  const reason = LIMITS[carrier.name]?.[scenario]
  return reason && REASONS[reason]
}
