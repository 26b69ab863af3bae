/** What `writeHead()` was given: an object, or a list of names and values. */
export function pairsOf(given: unknown): [name: string, value: unknown][] {
  if (typeof given !== 'object' || given === null) return []
  if (!Array.isArray(given)) return Object.entries(given)
  const list = Array.isArray(given[0]) ? given.flat() : given
  return list.flatMap((name, index) =>
    index % 2 === 0 ? [[String(name), list[index + 1]] as [string, unknown]] : [],
  )
}
