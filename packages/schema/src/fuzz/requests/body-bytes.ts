import { essenceOf, isJsonType } from '../../drift/media-type.js'
import type { FuzzBody } from './fuzz-input.js'
import { encodeText, formatFields, formatScalar, isRecord } from './parameter-text.js'

/** Fixed, so that the same seed makes the same bytes. */
const BOUNDARY = 'nozomi-fuzz-boundary'
const FORM = 'application/x-www-form-urlencoded'

/** Whether bodies of a media type can be made of values. */
export function isWritable(mediaType: string): boolean {
  const essence = essenceOf(mediaType) ?? ''
  return (
    isJsonType(essence) ||
    essence === FORM ||
    essence === 'multipart/form-data' ||
    essence === 'application/octet-stream' ||
    essence.startsWith('text/') ||
    essence === '*/*' ||
    essence === 'application/*'
  )
}

/** What is sent as `Content-Type`, and as bytes. */
export function bytesOfBody(body: FuzzBody): { contentType: string | null; bytes: Uint8Array } {
  if ('bytes' in body) return { contentType: body.mediaType, bytes: body.bytes }
  const { mediaType, value } = body
  const essence = essenceOf(mediaType) ?? ''
  if (essence === 'multipart/form-data') {
    return {
      contentType: `${essence}; boundary=${BOUNDARY}`,
      bytes: Buffer.from(multipartText(value), 'utf8'),
    }
  }
  if (essence === FORM) return { contentType: essence, bytes: Buffer.from(formText(value), 'utf8') }
  if (essence.startsWith('text/') || essence === 'application/octet-stream') {
    return { contentType: mediaType, bytes: Buffer.from(formatScalar(value), 'utf8') }
  }
  const contentType = essence.includes('*') ? 'application/json' : mediaType
  return { contentType, bytes: Buffer.from(JSON.stringify(value) ?? '', 'utf8') }
}

function formText(value: unknown): string {
  const pairs = isRecord(value) ? formatFields(value, '') : []
  return pairs.map(([name, text]) => `${encodeText(name)}=${encodeText(text)}`).join('&')
}

/** Each property is a part; of a list, each entry. */
function multipartText(value: unknown): string {
  const parts = Object.entries(isRecord(value) ? value : {}).flatMap(([name, one]) =>
    (Array.isArray(one) ? one : [one]).map((item: unknown) => partText(name, item)),
  )
  return `${parts.join('')}--${BOUNDARY}--\r\n`
}

function partText(name: string, value: unknown): string {
  const field = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${quoted(name)}"`
  if (value instanceof FilePart) {
    const type = `Content-Type: ${value.mediaType}`
    return `${field}; filename="file.bin"\r\n${type}\r\n\r\n${value.content}\r\n`
  }
  const type = isRecord(value) ? '\r\nContent-Type: application/json' : ''
  return `${field}${type}\r\n\r\n${formatScalar(value)}\r\n`
}

/** A part of a form that is a file. */
export class FilePart {
  readonly content: string
  readonly mediaType: string

  constructor(content: string, mediaType: string) {
    this.content = content
    this.mediaType = mediaType
  }
}

/** As browsers write names of fields. */
function quoted(name: string): string {
  return name.replace(/"/gu, '%22').replace(/\r/gu, '%0D').replace(/\n/gu, '%0A')
}
