import { XMLBuilder } from 'fast-xml-parser'

const builder = new XMLBuilder({ ignoreAttributes: false, processEntities: true, suppressEmptyNode: true })

const HEAD = { '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' } }
const ELEMENT_NAME = /^[a-z_][\w-]*$/i

/** XML 1.0 §2.2: what no document may hold, not even escaped. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const NO_XML_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu

/** An XML document of a value such as JSON can hold. All text in it is escaped. */
export function xmlText(root: string, value: object): string {
  return builder.build({ ...HEAD, [root]: elementsOf(value) })
}

/** An XML document of a list: its items, each an element of that name, and its other fields. */
export function xmlListText(root: string, value: object, name: string, items: readonly object[]): string {
  const list = items.length === 0 ? '' : { [name]: items.map(elementsOf) }
  const fields = elementsOf(value)
  return builder.build({ ...HEAD, [root]: { items: list, ...(typeof fields === 'object' && fields) } })
}

type Elements = string | { readonly [name: string]: Elements | readonly Elements[] }

/** Lists become elements `item`, null and undefined empty ones. */
function elementsOf(value: unknown): Elements {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value).replaceAll(NO_XML_CHARACTER, '\ufffd')
  if (Array.isArray(value)) return value.length === 0 ? '' : { item: value.map(elementsOf) }
  const named: Record<string, Elements> = {}
  const entries: Elements[] = []
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined) continue
    // Security: a key that somebody chose must not become markup.
    if (ELEMENT_NAME.test(name)) named[name] = elementsOf(inner)
    else entries.push({ name: elementsOf(name), value: elementsOf(inner) })
  }
  return entries.length === 0 ? named : { ...named, entry: entries }
}
