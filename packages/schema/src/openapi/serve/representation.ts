import { createHash } from 'node:crypto'
import type { OpenApiDocument } from '../types/document.js'

/** A text as it is sent. */
export interface Representation {
  readonly text: string
  readonly type: string
  readonly tag: string
}

export function representationOf(text: string, type: string): Representation {
  const digest = createHash('sha256').update(text).digest('base64url')
  return { text, type: `${type}; charset=utf-8`, tag: `"${digest}"` }
}

const FORMATS = {
  json: (document: OpenApiDocument) => representationOf(JSON.stringify(document), 'application/json'),
  // RFC 9512.
  yaml: (document: OpenApiDocument) => representationOf(formatYaml(document), 'application/yaml'),
} as const

/** The texts of a document, each made when it is first asked for. */
export class Representations {
  readonly #made = new WeakMap<OpenApiDocument, Partial<Record<keyof typeof FORMATS, Representation>>>()

  of(document: OpenApiDocument, format: keyof typeof FORMATS): Representation {
    const made = this.#made.get(document) ?? {}
    this.#made.set(document, made)
    return (made[format] ??= FORMATS[format](document))
  }
}

/** Without anchors: a part that stands in two places is written twice. */
export function formatYaml(document: OpenApiDocument): string {
  // Perf: 20 ms to load, for what few ask for.
  const { stringify } = require('yaml') as typeof import('yaml')
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })
}
