import { ApiDescription } from './api-description.js'
import { checkRequest, type RequestRules } from './check-request.js'
import { checkResponse } from './check-response.js'
import type { ApiDocument, DescribedOperation } from './document.js'
import type { Exchange } from './exchange.js'
import { type DriftFinding, findingOf } from './finding.js'

/**
 * Holds one request and its answer against an OpenAPI 3.1 document: whether path and method are described, the status declared, media type
 * and body as described, the required fields there; and, of a request that was accepted (2xx), whether its parameters and body are
 * as described.
 *
 * Nothing is found in what the document does not have and the server did not find either: 404 and 405 where no operation is, and
 * OPTIONS that nobody described.
 *
 * @param exchange bodies as bytes; null for none, undefined for one that is not to be looked at
 * @returns an empty list where all is as the document says
 * @throws TypeError for a document that is not OpenAPI 3.1 or 3.2; an error with the name `UnusableSchema` where the operation has a
 * schema that refers to nothing.
 * @example
 * checkExchange(document, {
 *   request: { method: 'GET', url: '/users/7', headers: {}, body: null },
 *   response: { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{"id":7}') },
 * })
 */
export function checkExchange(
  document: ApiDocument,
  exchange: Exchange,
  rules: Partial<RequestRules> = {},
): DriftFinding[] {
  return checkAgainst(ApiDescription.of(document), exchange, { unknownQuery: false, ...rules })
}

/**
 * The same, against a document that was made ready.
 *
 * @param route the path of the route that answered, as it was registered, where that is known
 */
export function checkAgainst(
  api: ApiDescription,
  { request, response }: Exchange,
  rules: RequestRules,
  route: string | null = null,
): DriftFinding[] {
  const path = pathOf(request.url)
  const found = api.find(request.method, path)
  if (found === null) {
    const byRoute = route === null ? null : wildcardOperation(api, request.method, route)
    if (byRoute) return checkResponse(api, byRoute, request.method, response)
    return checkUnknown(api, request.method, path, response.status)
  }
  const findings = checkResponse(api, found.operation, request.method, response)
  const isAccepted = response.status >= 200 && response.status < 300
  return isAccepted ? [...findings, ...checkRequest(api, found, request, response.status, rules)] : findings
}

/**
 * `/files/{path}` for the route `/files/*path`: a template can't say that a parameter holds slashes, so the path of a request tells
 * nothing, and its route does.
 */
function wildcardOperation(api: ApiDescription, method: string, route: string): DescribedOperation | null {
  if (!route.includes('*')) return null
  return api.find(method, route.replace(/[:*]\w+|\*/gu, '-'))?.operation ?? null
}

function checkUnknown(api: ApiDescription, method: string, path: string, status: number): DriftFinding[] {
  if (status === 404 || status === 405 || method === 'OPTIONS') return []
  const [narrowest] = api.at(path)
  if (narrowest === undefined) {
    const message = `answers ${status}, and the document has no such path`
    return [findingOf('undocumented-path', { method, path }, status, message)]
  }
  const [{ path: template } = { path }] = narrowest.methods.values()
  const names = [...narrowest.methods.keys()].join(', ')
  const message = `answers ${status}, and the document has ${names} there, but not ${method}`
  return [findingOf('undocumented-method', { method, path: template }, status, message)]
}

/** The path of a target, without its query; of one in absolute form, too. */
export function pathOf(url: string): string {
  const path = url.split('?', 1)[0] ?? '/'
  return path.startsWith('/') || !URL.canParse(path) ? path : new URL(path).pathname
}
