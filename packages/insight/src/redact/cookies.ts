/** The values of a `Cookie` field: their names stay. */
export function redactCookies(value: string, replacement: string): string {
  return value
    .split(';')
    .map((pair) => redactPair(pair, replacement))
    .join(';')
}

/** The value of a `Set-Cookie` field: its name and its attributes stay. */
export function redactSetCookie(value: string, replacement: string): string {
  const end = value.indexOf(';')
  const pair = end < 0 ? value : value.slice(0, end)
  return redactPair(pair, replacement) + (end < 0 ? '' : value.slice(end))
}

/** Security: what has no `=` may be a value without a name. */
function redactPair(pair: string, replacement: string): string {
  const equals = pair.indexOf('=')
  if (equals < 0) return pair.trim() === '' ? pair : replacement
  return equals === pair.length - 1 ? pair : pair.slice(0, equals + 1) + replacement
}
