import { indexOfName, type Segment, type SplitOptions, splitKey } from './query-key.js'
import { QueryList } from './query-list.js'
import type { RepeatedValue, RepeatedValues } from './repeated-values.js'

/*
 * From values by bracketed keys (`a[b][]`) to a tree of objects, arrays and strings.
 *
 * In principle each key is grown into a tree with one path (`a[b][]=1` is `{ a: { b: ['1'] } }`), and these are
 * merged from left to right. Where two of them disagree about a place, the rules are those of `qs`, quirks and all:
 *
 * - a string and a string make an array; so do an object and a string, and further strings are appended;
 * - an array and an array are laid over each other: objects at the same index are merged, strings appended;
 * - an array and an object make an object with the indices as keys;
 * - an empty string changes nothing that is there already;
 * - an array with more than `arrayLimit` elements becomes an object, to which strings are appended by number.
 *
 * Perf: while nothing of the last kind has come up, a path is followed down the tree and only its rest is grown.
 * Security: arrays count their elements as they grow and never walk over holes (QueryList); a merge costs what the
 * path is long. `qs` counts the elements of the array at each merge, which makes `a[0]=&a[1]=&...` quadratic.
 */

export interface TreeOptions extends SplitOptions {
  /** Arrays with more elements, and indices from this one on, become objects. */
  readonly arrayLimit: number
}

type Branch = { [key: string]: Value }
type List = QueryList<Value>
type Value = string | Branch | List
type Marks = Map<Value, number>

/** Merges the values of all keys into one object. Arrays come without holes. */
export function mergeQueryKeys(
  { keys, values }: RepeatedValues,
  options: TreeOptions,
): Record<string, unknown> {
  const tree = new QueryTree(options.arrayLimit)
  for (let i = 0; i < keys.length; i++) {
    const path = splitKey(keys[i] as string, options)
    if (path) tree.add(path, values[i] as RepeatedValue)
  }
  return tree.finish()
}

class QueryTree {
  readonly #arrayLimit: number
  readonly #root: Branch = {}
  /** Objects that were arrays with too many elements, and the highest index of each. */
  #overflows: Marks | null = null
  /** Lists and objects that hold what was said twice about one place, and the highest index of each. */
  #conflicts: Marks | null = null

  constructor(arrayLimit: number) {
    this.#arrayLimit = arrayLimit
  }

  add(path: Segment[], values: RepeatedValue): void {
    if (this.#overflows || this.#conflicts) this.#merge(this.#root, this.#grow(path, 0, values))
    else this.#follow(this.#root, path, 0, values)
  }

  /** Turns the lists into arrays, from the root on. */
  finish(): Record<string, unknown> {
    const branches: Branch[] = [this.#root]
    for (let branch = branches.pop(); branch; branch = branches.pop()) {
      for (const key of Object.keys(branch)) {
        const value = branch[key] as Value
        if (typeof value !== 'string') branch[key] = unwrap(value, branches) as Value
      }
    }
    return this.#root
  }

  /** What stands at a place once the rest of a path was merged into it. Gives what merging the grown rest gives. */
  #follow(target: Value | undefined, path: Segment[], depth: number, values: RepeatedValue): Value {
    if (target === undefined) return this.#grow(path, depth, values)
    const segment = path[depth]
    if (target instanceof QueryList) {
      if (typeof segment === 'number' && segment < this.#arrayLimit) {
        const element = target.get(segment)
        if (element === undefined || (isContainer(element) && depth + 1 < path.length)) {
          target.set(segment, this.#follow(element, path, depth + 1, values))
          return this.#counted(target)
        }
      }
    } else if (typeof segment === 'string' && typeof target !== 'string' && segment !== '__proto__') {
      const child = Object.hasOwn(target, segment) ? target[segment] : undefined
      target[segment] = this.#follow(child, path, depth + 1, values)
      return target
    }
    return this.#merge(target, this.#grow(path, depth, values))
  }

  /** The tree with the one path of a key, from `depth` on. */
  #grow(path: Segment[], depth: number, values: RepeatedValue): Value {
    let value: Value = typeof values === 'string' ? values : this.#limited(new QueryList<Value>(values))
    for (let i = path.length - 1; i >= depth; i--) {
      const segment = path[i] as Segment
      value = segment === null ? this.#listOf(value) : this.#under(segment, value)
    }
    return value
  }

  #listOf(value: Value): Value {
    if (this.#overflows?.has(value)) return value
    return this.#limited(value instanceof QueryList ? value : new QueryList([value]))
  }

  #under(segment: string | number, value: Value): Value {
    if (typeof segment === 'number' && segment < this.#arrayLimit) {
      const list: List = new QueryList([])
      list.set(segment, value)
      return list
    }
    // Security: assigning to this name would change the prototype.
    if (segment === '__proto__') return {}
    const branch: Branch = {}
    branch[segment] = value
    if (typeof segment === 'number') this.#markOverflow(branch, segment)
    return branch
  }

  #merge(target: Value, source: Value): Value {
    if (source === '') return target
    if (typeof source === 'string') return this.#append(target, source)
    if (typeof target === 'string') return this.#prepend(target, source)
    if (!(target instanceof QueryList)) return this.#mergeInto(target, source)
    if (source instanceof QueryList) return this.#overlay(target, source)
    const branch = toBranch(target)
    if (this.#conflicts?.has(target)) this.#conflicts.set(branch, target.length - 1)
    return this.#mergeInto(branch, source)
  }

  /** A string comes to what is there. */
  #append(target: Value, source: string): Value {
    if (target instanceof QueryList) {
      target.set(target.length, source)
      return this.#counted(target)
    }
    if (typeof target === 'string') return this.#limited(new QueryList<Value>([target, source]))
    const marks = this.#overflows?.has(target) ? this.#overflows : this.#conflicts
    const last = marks?.get(target)
    if (last !== undefined) {
      target[last + 1] = source
      marks?.set(target, last + 1)
      return target
    }
    const pair = this.#limited(new QueryList<Value>([target, source]))
    if (pair instanceof QueryList) this.#markConflict(pair, 1)
    return pair
  }

  /** A list or an object comes to a string. */
  #prepend(target: string, source: Branch | List): Value {
    const last = this.#overflows?.get(source)
    if (last !== undefined) {
      const branch: Branch = { 0: target }
      for (const key of Object.keys(source)) branch[Number(key) + 1] = (source as Branch)[key] as Value
      this.#markOverflow(branch, last + 1)
      return branch
    }
    const list: List = new QueryList([target])
    if (source instanceof QueryList) for (const [index, value] of source.entries()) list.set(index + 1, value)
    else list.set(1, source)
    return this.#limited(list)
  }

  #overlay(target: List, source: List): Value {
    for (const [index, value] of source.entries()) {
      const existing = target.get(index)
      if (existing === undefined) target.set(index, value)
      else if (isContainer(existing) && isContainer(value)) target.set(index, this.#merge(existing, value))
      else target.set(target.length, value)
    }
    return this.#counted(target)
  }

  #mergeInto(target: Branch, source: Branch | List): Branch {
    const entries = source instanceof QueryList ? source.entries() : Object.entries(source)
    for (const [key, value] of entries) {
      target[key] = Object.hasOwn(target, key) ? this.#merge(target[key] as Value, value) : value
      this.#remark(target, source, typeof key === 'number' ? key : indexOfName(key))
    }
    return target
  }

  /** Keeps the highest index of a marked object; an object that takes in an overflow becomes one. */
  #remark(target: Branch, source: Value, index: number): void {
    const taken = this.#overflows?.get(source)
    if (taken !== undefined && !this.#overflows?.has(target)) {
      this.#markOverflow(target, highestIndex(target, taken))
    }
    for (const marks of [this.#overflows, this.#conflicts]) {
      const last = marks?.get(target)
      if (last !== undefined && index > last) marks?.set(target, index)
    }
  }

  /** An object in place of a list with too many elements; `#limited` counts the holes before and between them. */
  #counted(list: List): Value {
    return list.count > this.#arrayLimit ? this.#overflow(list) : list
  }

  #limited(list: List): Value {
    return list.length > this.#arrayLimit ? this.#overflow(list) : list
  }

  #overflow(list: List): Branch {
    const branch = toBranch(list)
    this.#markOverflow(branch, list.length - 1)
    return branch
  }

  #markOverflow(branch: Branch, highest: number): void {
    this.#overflows ??= new Map()
    this.#overflows.set(branch, highest)
  }

  #markConflict(list: List, highest: number): void {
    this.#conflicts ??= new Map()
    this.#conflicts.set(list, highest)
  }
}

/** The value with its lists as arrays. The objects in it are left to the caller, in `branches`. */
function unwrap(value: Value, branches: Branch[]): unknown {
  if (value instanceof QueryList) return value.elements().map((element) => unwrap(element, branches))
  if (typeof value !== 'string') branches.push(value)
  return value
}

function toBranch(list: List): Branch {
  return Object.fromEntries(list.entries())
}

function highestIndex(branch: Branch, least: number): number {
  let highest = least
  for (const key of Object.keys(branch)) highest = Math.max(highest, indexOfName(key))
  return highest
}

function isContainer(value: Value): boolean {
  return typeof value !== 'string'
}
