/**
 * Whether a file `.dockerignore` leaves a path out: the last pattern that matches the path, or a folder above it,
 * decides; `!` takes back in. Of its patterns, those with `*` and `**`.
 */
export function isIgnored(path: string, patterns: string): boolean {
  const folders = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))
  let ignored = false
  for (const line of patterns.split('\n').map((text) => text.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const isException = line.startsWith('!')
    const pattern = compilePattern(isException ? line.slice(1) : line)
    if (folders.some((folder) => pattern.test(folder))) ignored = !isException
  }
  return ignored
}

function compilePattern(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*\/|\*)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?'
      return part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    })
    .join('')
  return new RegExp(`^${source}$`)
}
