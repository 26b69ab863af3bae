import { show } from '../problems/given.js'

/** The versions that there are, and how requests may write them. */
export interface VersionNames {
  /** In the order in which they were given. */
  readonly all: readonly string[]
  /** The version that is meant by a text of a field or a media type: `v1` is also `1`, in any case. */
  find(text: string): string | null
  /** The one that stands in a vendor's tree: `example.v1`, `example.v1.full`. */
  findIn(dotted: string): string | null
  /** Whether a text has the form of one of the names, such as `v7` where there is `v1`. */
  isLike(text: string): boolean
}

/** @throws TypeError for a name that can't stand in a path, or that there is already. */
export function compileNames(all: readonly string[]): VersionNames {
  const aliases = new Map<string, string>()
  for (const name of all) {
    assertName(name)
    for (const alias of aliasesOf(name.toLowerCase())) {
      if (aliases.has(alias)) throw new TypeError(`version ${name}: there is already ${aliases.get(alias)}`)
      aliases.set(alias, name)
    }
  }
  const longestFirst = [...aliases.keys()].toSorted((one, other) => other.length - one.length)
  const forms = new Set(longestFirst.map(formOf))
  return {
    all,
    find: (text) => aliases.get(text.trim().toLowerCase()) ?? null,
    findIn(dotted) {
      const pieces = `.${dotted.toLowerCase()}.`
      const alias = longestFirst.find((one) => pieces.includes(`.${one}.`))
      return alias === undefined ? null : (aliases.get(alias) ?? null)
    },
    isLike: (text) => forms.has(formOf(text.toLowerCase())),
  }
}

/** @throws TypeError */
export function assertName(name: unknown): asserts name is string {
  if (typeof name === 'string' && /^[\w.~-]+$/.test(name) && !/^\.{1,2}$/.test(name)) return
  throw new TypeError(
    `a version's name is a text of letters, digits, dots and dashes, such as v1, not ${show(name)}`,
  )
}

function aliasesOf(name: string): string[] {
  if (/^v\d/.test(name)) return [name, name.slice(1)]
  return /^\d/.test(name) ? [name, `v${name}`] : [name]
}

function formOf(text: string): string {
  return text.replaceAll(/\d+/g, '0')
}
