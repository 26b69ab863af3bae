import { createError } from '../../errors/catalogue.js'

/*
 * Reading an event: JSON that somebody else has made. What is not as AWS documents it is named, with what it should be.
 */

/** An object of an event, and where it stands there: '' for the event itself. */
export interface Part {
  readonly path: string
  readonly value: Record<string, unknown>
}

/** @throws NOZOMI_LAMBDA_EVENT when it is no object. */
export function partOf(parent: Part, name: string): Part {
  const part = optionalPartOf(parent, name)
  if (part === null) throw wrong(parent, name, 'an object')
  return part
}

/** Null when it is absent or null, as AWS writes it where there is nothing. */
export function optionalPartOf(parent: Part, name: string): Part | null {
  const value = parent.value[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) throw wrong(parent, name, 'an object')
  return { path: pathTo(parent, name), value: value as Record<string, unknown> }
}

export function textOf(parent: Part, name: string): string {
  const text = optionalTextOf(parent, name)
  if (text === null) throw wrong(parent, name, 'a string')
  return text
}

export function optionalTextOf(parent: Part, name: string): string | null {
  const value = parent.value[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw wrong(parent, name, 'a string')
  return value
}

/** The entries of an object of strings; with lists of strings in it, one entry for each of them. */
export function entriesOf(part: Part, areLists: boolean): [string, string][] {
  const entries: [string, string][] = []
  for (const [name, value] of Object.entries(part.value)) {
    if (!areLists) entries.push([name, textOf(part, name)])
    else for (const one of listOf(part, name, value)) entries.push([name, one])
  }
  return entries
}

export function listOf(part: Part, name: string, value = part.value[name]): string[] {
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string')
  if (!isList) throw wrong(part, name, 'a list of strings')
  return value
}

/** The body as bytes; null where there is none. */
export function bodyOf(event: Part): Buffer | null {
  const body = optionalTextOf(event, 'body')
  const { isBase64Encoded } = event.value
  if (typeof (isBase64Encoded ?? false) !== 'boolean') {
    throw wrong(event, 'isBase64Encoded', 'true or false')
  }
  if (body === null) return null
  if (isBase64Encoded && !/^[\w+/-]*={0,2}$/.test(body)) {
    throw createError('NOZOMI_LAMBDA_EVENT', [
      'body',
      'no base64',
      'base64, because `isBase64Encoded` is true',
    ])
  }
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
}

export function wrong(parent: Part, name: string, wanted: string): Error {
  return createError('NOZOMI_LAMBDA_EVENT', [pathTo(parent, name), shown(parent.value[name]), wanted])
}

function pathTo(parent: Part, name: string): string {
  return parent.path === '' ? name : `${parent.path}.${name}`
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  return JSON.stringify(value)?.slice(0, 100) ?? `a ${typeof value}`
}
