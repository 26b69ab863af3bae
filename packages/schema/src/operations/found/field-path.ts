/** The keys of a field as express-validator and lodash write it: `items[0].name`, `items.*.name`, `["a.b"].c`. */
const KEY =
  /[^.[\]]+|\[(?:(?<index>-?\d+)|(?<quote>["'])(?<quoted>(?:(?!\k<quote>)[^\\]|\\.)*)\k<quote>|(?<star>\*))\]/gsu

/** The keys that lead to a field; null in it for every item. Null where it stands at any depth (`**`). */
export function parseFieldPath(field: string): (string | null)[] | null {
  if (field.includes('**')) return null
  return [...field.matchAll(KEY)].map(({ 0: whole, groups }) => {
    if (whole === '*' || groups?.['star'] !== undefined || groups?.['index'] !== undefined) return null
    return groups?.['quoted']?.replace(/\\(.)/g, '$1') ?? whole
  })
}
