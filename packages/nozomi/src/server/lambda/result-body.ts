import { isUtf8 } from 'node:buffer'
import { compileMediaTypes } from '../../http/media-type-match.js'
import { mediaTypeOf } from '../../http/content-type.js'
import type { AnswerHead } from '../exchange/answer-head.js'
import type { ResultBody } from './gateway.js'
import type { LambdaOptions } from './lambda-options.js'

/** Whether an answer is sent as base64, by what its fields say. */
export type IsBinary = (type: string, coding: string) => boolean

export function compileIsBinary(option: LambdaOptions['binary']): IsBinary {
  if (typeof option === 'function') return option
  if (typeof option === 'boolean') return () => option
  if (option === undefined) return (type, coding) => isCoded(coding) || !isText(type)
  const matches = compileMediaTypes(option)
  return (type, coding) => isCoded(coding) || matches(type) !== false
}

/** What is no UTF-8 is base64 whatever its type says: a string of JSON could not carry it. */
export function resultBody({ fields }: AnswerHead, body: Buffer, isBinary: IsBinary): ResultBody {
  const isBase64Encoded =
    body.length > 0 &&
    (isBinary(valueOf(fields, 'content-type'), valueOf(fields, 'content-encoding')) || !isUtf8(body))
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded }
}

function isCoded(coding: string): boolean {
  return coding !== '' && coding.toLowerCase() !== 'identity'
}

const TEXTS = compileMediaTypes([
  'text/*',
  '*/json',
  '+json',
  '*/xml',
  '+xml',
  'application/javascript',
  'application/ecmascript',
  'application/x-www-form-urlencoded',
  'application/graphql',
  'application/yaml',
  'application/x-yaml',
  'application/x-ndjson',
  'application/jsonl',
  'application/sql',
])

/** Also where nothing says what it is. Text of another charset than UTF-8 is bytes. */
function isText(type: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type)?.[1]?.toLowerCase()
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset)) return false
  return type === '' || TEXTS(mediaTypeOf(type)) !== false
}

function valueOf(fields: readonly string[], name: string): string {
  const index = fields.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === name)
  return index === -1 ? '' : (fields[index + 1] as string)
}
