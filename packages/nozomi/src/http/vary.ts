const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

interface FieldHolder {
  getHeader(name: string): number | string | string[] | undefined
  setHeader(name: string, value: string): unknown
}

/**
 * Adds field names to a Vary field: each once, whatever its case; with `*` in it the field is `*` alone.
 *
 * @throws TypeError when the name is missing or is no token.
 */
export function addVary(res: FieldHolder, field: string | string[]): void {
  if (!res || !res.getHeader || !res.setHeader) throw new TypeError('res argument is required')
  const current = res.getHeader('Vary') || ''
  const value = appendVary(Array.isArray(current) ? current.join(', ') : String(current), field)
  if (value) res.setHeader('Vary', value)
}

function appendVary(current: string, field: string | string[]): string {
  if (!field) throw new TypeError('field argument is required')
  const added = Array.isArray(field) ? field : splitList(String(field))
  for (const name of added) {
    if (!TOKEN.test(name)) throw new TypeError('field argument contains an invalid header name')
  }
  if (current === '*') return current
  const present = splitList(current.toLowerCase())
  if (added.includes('*') || present.includes('*')) return '*'
  let value = current
  for (const name of added) {
    const lower = name.toLowerCase()
    if (present.includes(lower)) continue
    present.push(lower)
    value = value ? `${value}, ${name}` : name
  }
  return value
}

function splitList(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
