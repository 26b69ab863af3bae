/**
 * A value as `JSON.stringify` sees it: what `toJSON()` gives in place of each object that has one, such as the documents and ids of an
 * ODM. With `keepDates`, Dates stay, for schemas that want them. The value itself when there is nothing to replace.
 */
export function jsonForm(value: unknown, keepDates: boolean): unknown {
  return formOf(value, '', keepDates, new Set())
}

function formOf(value: unknown, key: string, keepDates: boolean, within: Set<object>): unknown {
  if (typeof value !== 'object' || value === null || (keepDates && value instanceof Date)) return value
  const { toJSON } = value as { toJSON?: unknown }
  const json: unknown = typeof toJSON === 'function' ? toJSON.call(value, key) : value
  // What contains itself is reported by `JSON.stringify`.
  if (typeof json !== 'object' || json === null || within.has(json)) return json
  within.add(json)
  const form = membersOf(json, keepDates, within)
  within.delete(json)
  return form
}

/** Objects of classes without `toJSON` stay what they are: schemas know them by their class. */
function membersOf(json: object, keepDates: boolean, within: Set<object>): unknown {
  if (Array.isArray(json)) {
    const items = json.map((item, at) => formOf(item, String(at), keepDates, within))
    return items.some((item, at) => item !== json[at]) ? items : json
  }
  const prototype: unknown = Object.getPrototypeOf(json)
  if (prototype !== Object.prototype && prototype !== null) return json
  const entries = Object.entries(json)
  const forms = entries.map(([key, one]) => [key, formOf(one, key, keepDates, within)] as const)
  return forms.some(([, form], at) => form !== entries[at]?.[1]) ? Object.fromEntries(forms) : json
}
