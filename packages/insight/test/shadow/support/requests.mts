import type { ShadowReport, TrafficRequest } from '#dist/types/shadow.js'

/** A request of the traffic; what is not given is as a plain GET has it. */
export function request(url: string, given: Partial<TrafficRequest> = {}): TrafficRequest {
  return {
    method: 'GET',
    url,
    fields: [],
    body: null,
    chunked: false,
    client: 'one',
    cookies: 'jar',
    abort: null,
    answer: null,
    unsendable: null,
    ...given,
  }
}

export function postJson(url: string, value: unknown, given: Partial<TrafficRequest> = {}): TrafficRequest {
  const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  return request(url, { method: 'POST', fields: [['Content-Type', 'application/json']], body, ...given })
}

/** `['GET /x', 'status', '200', '404']` for each difference. */
export function shownDifferences({ differences }: ShadowReport): string[][] {
  return differences.map(({ request: label, what, where, express, nozomi }) => [
    label,
    where === '' ? what : `${what} ${where}`,
    express,
    nozomi,
  ])
}
