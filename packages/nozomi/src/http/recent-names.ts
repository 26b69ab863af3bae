/*
 * The names that stand in the keys of forms, as the engine keeps names of properties. A form has the same ones each
 * time it comes, and a piece of its text would have to be cut out and looked up among all names of the program before
 * it can be used as one.
 *
 * Each name has one place in a table, by a fingerprint of its characters; two that share a place push out each other.
 *
 * Perf: runs for each name of an orderly form. A name that is there costs what comparing it does; one that is not,
 * 0.5 µs, which is a third of what a property costs that no object has had before (bench/micro/extended-query.mjs).
 */

/** Longer names are not kept: a full table takes 30 KB. */
export const LONGEST_NAME = 32
const PLACES = 512

export class RecentNames {
  /** Made for the first name: few parsers meet one. */
  #names: string[] | null = null

  /**
   * The characters of `text` between two positions, at most `LONGEST_NAME` of them.
   *
   * @param fingerprint a number made from these characters, which chooses the place
   */
  nameAt(text: string, from: number, to: number, fingerprint: number): string {
    const place = (fingerprint ^ (fingerprint >>> 9)) & (PLACES - 1)
    this.#names ??= Array.from({ length: PLACES }, () => '')
    const name = this.#names[place] as string
    // Invariant: the fingerprint only chooses the place. The characters are compared, every one.
    if (name.length === to - from && isAt(name, text, from)) return name
    const internalized = nameOfProperty(text.slice(from, to))
    this.#names[place] = internalized
    return internalized
  }
}

function isAt(name: string, text: string, from: number): boolean {
  for (let i = 0; i < name.length; i++) {
    if (name.charCodeAt(i) !== text.charCodeAt(from + i)) return false
  }
  return true
}

/**
 * The same name as the engine keeps it: a string of its own, where a piece of a text would keep the whole of it. Perf:
 * an object without a prototype, since any other would get a new hidden class for each name.
 */
function nameOfProperty(name: string): string {
  const object: Record<string, null> = Object.create(null)
  object[name] = null
  return Object.keys(object)[0] ?? name
}
