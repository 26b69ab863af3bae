import type { RawFields } from '../../types/shadow.js'

/** The first value of a field, whatever its case. */
export function fieldValue(fields: RawFields, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return fields.find(([given]) => given.toLowerCase() === wanted)?.[1]
}

/** All values of a field, in order. */
export function fieldValues(fields: RawFields, name: string): string[] {
  const wanted = name.toLowerCase()
  return fields.filter(([given]) => given.toLowerCase() === wanted).map(([, value]) => value)
}

/** Name, value and attributes of a Set-Cookie. */
export interface SetCookie {
  readonly name: string
  readonly value: string
  readonly attributes: ReadonlyMap<string, string>
}

export function parseSetCookie(text: string): SetCookie {
  const [pair = '', ...rest] = text.split(';')
  const [name, value] = splitAt(pair)
  return {
    name,
    value,
    attributes: new Map(rest.map((one) => splitAt(one)).map(([key, of]) => [key.toLowerCase(), of])),
  }
}

function splitAt(text: string): [string, string] {
  const at = text.indexOf('=')
  return at === -1 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}
