import { type ApiVersion, mediaTypeOf } from '../versions/api-version.js'
import { csvText } from './csv-text.js'
import { isList, type Links, type Shown, type ShownList } from './shown.js'
import { xmlListText, xmlText } from './xml-text.js'

/** What is asked for: one resource, or a list. */
export type Extent = 'one' | 'list'

/** A notation in which resources are shown. */
export interface Format {
  readonly name: 'json' | 'hal' | 'xml' | 'csv'
  /** What its media types are in a version of the API; the first is the one that others are another name of. */
  readonly types: (version: ApiVersion) => readonly [string, ...string[]]
  readonly extents: readonly Extent[]
  /** What is sent: a text, or a value that `res.json()` writes, when the contract of the route has seen it. */
  readonly write: (shown: Shown) => string | object
}

/** All that there are. The first is for whoever does not care. */
export const FORMATS: readonly Format[] = [
  {
    name: 'json',
    types: (version) => ['application/json', mediaTypeOf(version, 'json')],
    extents: ['one', 'list'],
    write: plain,
  },
  {
    name: 'hal',
    types: () => ['application/hal+json'],
    extents: ['one', 'list'],
    write: hal,
  },
  {
    name: 'xml',
    types: (version) => ['application/xml', mediaTypeOf(version, 'xml')],
    extents: ['one', 'list'],
    write: (shown) => (isList(shown) ? xmlList(shown) : xmlText(shown.name, shown.value)),
  },
  {
    name: 'csv',
    types: () => ['text/csv'],
    extents: ['list'],
    write: (shown) =>
      isList(shown)
        ? csvText(
            shown.columns,
            shown.items.map(({ value }) => value),
          )
        : '',
  },
]

/** The formats for what is asked for. */
export function formatsFor(extent: Extent): readonly Format[] {
  return FORMATS.filter(({ extents }) => extents.includes(extent))
}

function plain(shown: Shown): object {
  return isList(shown) ? { items: shown.items.map(plain), ...shown.value } : shown.value
}

function xmlList({ name, value, items }: ShownList): string {
  const itemName = items[0]?.name ?? 'item'
  const values = items.map((item) => item.value)
  return xmlListText(name, value, itemName, values)
}

/** draft-kelly-json-hal: links beside the fields, and the items of a list as resources of their own. */
function hal(shown: Shown): object {
  return {
    _links: linkObjects(shown.links ?? {}),
    ...shown.value,
    ...(isList(shown) && { _embedded: { items: shown.items.map(hal) } }),
  }
}

function linkObjects(links: Links): object {
  const known = Object.entries(links).filter(([, href]) => href !== null)
  return Object.fromEntries(known.map(([relation, href]) => [relation, { href }]))
}
