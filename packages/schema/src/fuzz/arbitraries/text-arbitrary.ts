import * as fc from 'fast-check'
import { ifInTime } from '../../drift/slow-patterns.js'
import type { JsonSchema } from '../../types/json-schema.js'
import { assertMakeable, boundedFilter, ifSatisfiable, Unsatisfiable } from './unsatisfiable.js'

/** So many values are tried before a way to make texts is given up. */
const PROBES = 40
const PROBE_SEED = 1

const dates = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString())

const words = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/u)
const hosts = fc.tuple(words, fc.constantFrom('com', 'org', 'example')).map((parts) => parts.join('.'))
const numbers = fc.nat({ max: 99 })

/** Plain values of each format, such as every library takes. */
const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': fc.oneof(
    dates,
    dates.map((text) => text.replace(/\.\d+Z$/u, 'Z')),
  ),
  date: dates.map((text) => text.slice(0, 10)),
  time: dates.map((text) => `${text.slice(11, 19)}Z`),
  duration: fc.oneof(
    numbers.map((days) => `P${days}D`),
    numbers.map((hours) => `PT${hours}H`),
    numbers.map((months) => `P1Y${months}M`),
  ),
  email: fc.tuple(words, hosts).map((parts) => parts.join('@')),
  'idn-email': fc.tuple(words, hosts).map((parts) => parts.join('@')),
  hostname: hosts,
  'idn-hostname': hosts,
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  uri: fc.tuple(hosts, words).map(([host, path]) => `https://${host}/${path}`),
  url: fc.tuple(hosts, words).map(([host, path]) => `https://${host}/${path}`),
  iri: fc.tuple(hosts, words).map(([host, path]) => `https://${host}/${path}`),
  'uri-reference': words.map((path) => `/${path}`),
  'iri-reference': words.map((path) => `/${path}`),
  'uri-template': words.map((path) => `/${path}/{id}`),
  uuid: fc.uuid(),
  guid: fc.uuid(),
  ulid: fc.ulid(),
  byte: fc.base64String(),
  base64: fc.base64String(),
  base64url: words,
  'json-pointer': words.map((name) => `/${name}`),
  'relative-json-pointer': words.map((name) => `0/${name}`),
  regex: fc.constantFrom('^a+$', '[0-9]', 'b|c'),
}

/** Without a zone, for patterns that want none. */
const LOCAL: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': dates.map((text) => text.slice(0, 19)),
  time: dates.map((text) => text.slice(11, 19)),
}

/**
 * Texts of a schema: of its format, its pattern, or any, within its lengths.
 *
 * @param accepts whether a text fits the schema
 */
export function textArbitrary(schema: JsonSchema, accepts: (text: string) => boolean): fc.Arbitrary<string> {
  const { format, pattern, contentEncoding } = schema
  const byFormat = FORMATS[format ?? (contentEncoding === 'base64' ? 'base64' : '')]
  const byPattern = pattern === undefined ? undefined : textsMatching(pattern, schema.maxLength)
  if (byFormat === undefined && pattern === undefined) return plainTexts(schema)
  for (const candidate of [byFormat, LOCAL[format ?? ''], byPattern, plainTexts(schema)]) {
    if (candidate !== undefined && gives(candidate, accepts)) return boundedFilter(candidate, accepts)
  }
  throw new Unsatisfiable(`no text was found for ${JSON.stringify({ format, pattern })}`)
}

/** Lengths are counted in code points, by JSON Schema and here. */
function plainTexts({ minLength = 0, maxLength }: JsonSchema): fc.Arbitrary<string> {
  assertMakeable(minLength)
  if (maxLength !== undefined && maxLength < minLength) throw new Unsatisfiable('no text has these lengths')
  const lengths = { minLength, ...(maxLength === undefined ? {} : { maxLength }) }
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ ...lengths, unit: 'grapheme-ascii' }) },
    { weight: 1, arbitrary: fc.string({ ...lengths, unit: 'binary' }) },
  )
}

/** Undefined for patterns that no text can be made of here: look-around, references back. */
function textsMatching(pattern: string, maxLength: number | undefined): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), maxLength === undefined ? {} : { maxLength })
  } catch {
    return undefined
  }
}

function gives(arbitrary: fc.Arbitrary<string>, accepts: (text: string) => boolean): boolean {
  const samples = ifSatisfiable(() => sampled(arbitrary)) ?? []
  return samples.some((text) => ifInTime(() => accepts(text)))
}

function sampled(arbitrary: fc.Arbitrary<string>): string[] {
  try {
    return fc.sample(arbitrary, { numRuns: PROBES, seed: PROBE_SEED })
  } catch {
    return []
  }
}
