/*
 * The fields of an answer as node:http2 takes them: an object, names in lower case, several values in an array.
 */

/** RFC 9110 §5.3: fields that are no lists. node:http2 refuses more than one value of these; the first counts. */
const OF_ONE_VALUE = new Set([
  'access-control-allow-credentials',
  'access-control-max-age',
  'access-control-request-method',
  'age',
  'authorization',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'date',
  'dnt',
  'etag',
  'expires',
  'from',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'range',
  'referer',
  'retry-after',
  'tk',
  'upgrade-insecure-requests',
  'user-agent',
  'x-content-type-options',
])

export type AnswerFields = Record<string, string | string[] | number>

/** @param fields name, value, name, value, ... */
export function answerFields(fields: readonly string[]): AnswerFields {
  const record = Object.create(null) as AnswerFields
  for (let i = 0; i < fields.length; i += 2) {
    const name = (fields[i] as string).toLowerCase()
    const value = fields[i + 1] as string
    // RFC 9113 §8.2.2: belongs to a connection, as those do that are gone already.
    if (name === 'te') continue
    const before = record[name]
    if (before === undefined) record[name] = value
    else if (Array.isArray(before)) before.push(value)
    else if (!OF_ONE_VALUE.has(name)) record[name] = [before as string, value]
  }
  return record
}
