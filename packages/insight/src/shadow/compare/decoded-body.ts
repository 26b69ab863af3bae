import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import type { SideAnswer } from '../../types/shadow.js'
import { fieldValue } from './field-values.js'

/** A body as it is compared. */
export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }

/** A body that unpacks to more is compared as it came. */
const UNPACKED_LIMIT = 64 * 1024 * 1024

/** The body without its content coding; null when it is not what the coding says. */
export function unpackedBody(answer: Pick<SideAnswer, 'body' | 'fields'>): Buffer | null {
  return unpack(answer.body, fieldValue(answer.fields, 'content-encoding') ?? 'identity')
}

/** Unpacks the body, and reads it as what it is. */
export function decodeBody(answer: SideAnswer): Body {
  const bytes = unpackedBody(answer)
  if (bytes === null) return { kind: 'bytes', bytes: answer.body }
  const text = asText(bytes)
  if (text === null) return { kind: 'bytes', bytes }
  const type = fieldValue(answer.fields, 'content-type') ?? ''
  if (/[/+]json\b/i.test(type)) {
    try {
      return { kind: 'json', value: JSON.parse(text) as unknown }
    } catch {
      return { kind: 'text', text }
    }
  }
  return { kind: 'text', text }
}

/** Null: it is not what its coding says. */
function unpack(bytes: Buffer, coding: string): Buffer | null {
  const options = { maxOutputLength: UNPACKED_LIMIT }
  try {
    switch (coding.trim().toLowerCase()) {
      case 'identity':
        return bytes
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(bytes, options)
      case 'br':
        return brotliDecompressSync(bytes, options)
      case 'deflate':
        return ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options)
      default:
        return null
    }
  } catch {
    return null
  }
}

function asText(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
