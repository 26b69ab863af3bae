import assert from 'node:assert/strict'

/** The carriers with a connection of HTTP/1.1: the same bytes go to Express and to the subject. */
export const CONNECTED = [
  'listen',
  'create-server',
  'wrapped',
  'turbo',
  'turbo-wrapped',
  'https',
  'turbo-tls',
  'h2-fallback',
] as const

/** Those without one: requests are handed on, and answers put into bytes again. */
export const RELAYED = [
  'inject',
  'fetch',
  'h2c',
  'h2',
  'lambda-rest',
  'lambda-http',
  'lambda-balancer',
  'lambda-url',
] as const

const ALL: readonly string[] = [...CONNECTED, ...RELAYED]

/** The carriers that CONFORMANCE_CARRIERS names, with commas between them; all of them when it is not set. */
export function chosenCarriers(): readonly string[] {
  const named = process.env['CONFORMANCE_CARRIERS']?.split(',') ?? ALL
  for (const name of named)
    assert(ALL.includes(name), `CONFORMANCE_CARRIERS names "${name}"; known are ${ALL.join(', ')}`)
  return named
}
