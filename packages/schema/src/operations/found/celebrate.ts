import type { AnyHandler } from '@nozomi/insight/layers'
import type { Contract } from '../../types/contract.js'
import type { Schema } from '../../types/schema.js'
import { isSchema } from './carried-schemas.js'
import type { FoundPlace, FoundRules } from './found-rules.js'

const SEGMENTS: Readonly<Record<string, FoundPlace>> = {
  headers: 'headers',
  params: 'params',
  query: 'query',
  cookies: 'cookies',
  signedCookies: 'cookies',
  body: 'body',
}

/** What celebrate keeps with its middleware: a schema of Joi for each part, or an object of such. */
export function readCelebrate(handler: AnyHandler): FoundRules | null {
  const { _schema } = handler as { _schema?: unknown }
  if (typeof _schema !== 'object' || _schema === null) return null
  const entries = Object.entries(_schema).flatMap(([segment, rule]): [FoundPlace, Schema][] => {
    const place = SEGMENTS[segment]
    const schema = compiled(rule)
    return place === undefined || schema === null ? [] : [[place, schema]]
  })
  if (entries.length === 0) return null
  const contract: Contract = Object.fromEntries(entries)
  return { source: 'joi', contract, fields: [] }
}

interface JoiSchema {
  readonly $_root?: { compile?(rule: unknown): unknown }
}

/** `{ name: Joi.string() }` is compiled by the Joi that its members are made with, as celebrate does. */
function compiled(rule: unknown): Schema | null {
  if (isSchema(rule)) return rule
  const root = joiOf(rule, 0)?.$_root
  const schema = root?.compile?.(rule)
  return isSchema(schema) ? schema : null
}

const DEEPEST = 20

function joiOf(rule: unknown, depth: number): JoiSchema | null {
  if (typeof rule !== 'object' || rule === null || depth > DEEPEST) return null
  if (isSchema(rule)) return rule as JoiSchema
  for (const member of Object.values(rule)) {
    const found = joiOf(member, depth + 1)
    if (found !== null) return found
  }
  return null
}
