import { decodeParam } from './decode-param.js'
import type { Matcher } from './matcher.js'

const CAPTURING_GROUP = /\((?:\?<(.*?)>)?(?!\?)/g

/** A user's own regular expression: named groups give named parameters, the others are numbered from 0. */
export function compileRegExp(pattern: RegExp): Matcher {
  return matcherOf(pattern, groupNames(pattern.source))
}

/** `names[i]` is the name of the capturing group `i + 1`. Groups that took no part leave no parameter. */
export function matcherOf(pattern: RegExp, names: readonly string[], keepAbsent = false): Matcher {
  return function matchRegExp(path) {
    // Parity: exec and not a sticky copy, so that a pattern with the `g` or `y` flag keeps its lastIndex.
    const match = pattern.exec(path)
    if (match === null) return false
    const params: Record<string, unknown> = {}
    for (let i = 1; i < match.length; i++) {
      const value = match[i]
      const name = names[i - 1] as string
      if (value !== undefined) params[name] = decodeParam(value)
      else if (keepAbsent && !(name in params)) params[name] = undefined
    }
    return { path: match[0], params, keys: Object.keys(params) }
  }
}

function groupNames(source: string): string[] {
  let unnamed = 0
  return Array.from(source.matchAll(CAPTURING_GROUP), (group) => group[1] ?? String(unnamed++))
}
