/*
 * Patterns as text, taken apart into segments: to tell which middleware can run before a route, and which routes are near to a
 * path. Whether a layer matches a path is never told from this: layers are asked (ask-layer.ts).
 */

export type Segment =
  | { readonly kind: 'text'; readonly text: string; readonly isSensitive: boolean }
  /** A parameter that is a whole segment. */
  | { readonly kind: 'param'; readonly text: string }
  /** A wildcard: this segment and all that follow. */
  | { readonly kind: 'rest'; readonly text: string }
  /** Text and parameters in one segment; `matches` is as near as text can tell. */
  | { readonly kind: 'mixed'; readonly text: string; readonly matches: RegExp }

export interface Pattern {
  readonly segments: readonly Segment[]
  /** What follows the segments is not known: a regular expression, or a path that the layer does not keep. */
  readonly isOpen: boolean
  /** It was made from a path with optional parts, by leaving them out or not. */
  readonly hasOptions: boolean
  /** It goes on behind a mount with optional parts, which take what they can get: what is left for it can't be told. */
  readonly isUncertain: boolean
}

const CERTAIN = { hasOptions: false, isUncertain: false }

/** Optional parts multiply; so many patterns are made of one path. */
const MOST_VARIANTS = 8

/**
 * The patterns of a path as registered: several when it has optional parts.
 *
 * @param isSensitive upper and lower case differ in the router that it stands in.
 */
export function parsePath(path: string | RegExp, isSensitive: boolean): Pattern[] {
  if (path instanceof RegExp || path === '*') return [{ segments: [], isOpen: true, ...CERTAIN }]
  const variants = variantsOf(path)
  const hasOptions = variants.length > 1
  return variants.map((variant) => ({
    ...CERTAIN,
    segments: segmentsOf(variant, isSensitive),
    isOpen: false,
    hasOptions,
  }))
}

/** Each pattern behind each prefix. */
export function joinPatterns(prefixes: readonly Pattern[], patterns: readonly Pattern[]): Pattern[] {
  return prefixes
    .flatMap((prefix) => patterns.map((pattern) => joinPattern(prefix, pattern)))
    .slice(0, MOST_VARIANTS * MOST_VARIANTS)
}

function joinPattern(prefix: Pattern, pattern: Pattern): Pattern {
  if (prefix.isOpen) return prefix
  const goesOn = pattern.segments.length > 0
  return {
    segments: [...prefix.segments, ...pattern.segments],
    isOpen: pattern.isOpen,
    hasOptions: prefix.hasOptions || pattern.hasOptions,
    isUncertain: prefix.isUncertain || (prefix.hasOptions && goesOn),
  }
}

/** With and without each optional part: `{/:id}` of Express 5, `/:id?` of Express 4. */
function variantsOf(path: string): string[] {
  const done: string[] = []
  const open = [path]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const part = /\{([^{}]*)\}|(\/:\w+)\?/.exec(one)
    if (part === null || done.length + open.length >= MOST_VARIANTS) {
      done.push(one)
      continue
    }
    const before = one.slice(0, part.index)
    const after = one.slice(part.index + part[0].length)
    open.push(before + after, before + (part[1] ?? part[2]) + after)
  }
  return done
}

function segmentsOf(path: string, isSensitive: boolean): Segment[] {
  return path
    .split('/')
    .filter(Boolean)
    .map((text) => segmentOf(text, isSensitive))
}

function segmentOf(text: string, isSensitive: boolean): Segment {
  if (/^:(?:\w+|"[^"]*")$/.test(text)) return { kind: 'param', text }
  if (/^(?:\*(?:\w*|"[^"]*")|\(\.\*\))$/.test(text)) return { kind: 'rest', text }
  if (!/[:*(){}[\]?+!\\]/.test(text)) return { kind: 'text', text, isSensitive }
  return { kind: 'mixed', text, matches: looseRegExp(text) }
}

/** Parameters, groups and wildcards are anything. */
function looseRegExp(text: string): RegExp {
  const source = text.replace(
    /\\(.)|:\w+(?:\([^)]*\))?[?+*]?|\*\w*|\([^)]*\)|[^\w~%-]/g,
    (part, escaped?: string) => {
      if (escaped !== undefined) return `\\u${escaped.charCodeAt(0).toString(16).padStart(4, '0')}`
      if (/^[:*(]/.test(part)) return '.*'
      return `\\u${part.charCodeAt(0).toString(16).padStart(4, '0')}`
    },
  )
  return new RegExp(`^${source}$`, 'i')
}

export type Coverage = 'always' | 'sometimes' | 'never'

/** Whether a layer with one pattern, `use` or a route, takes what a route with another pattern takes. */
export function coverageOf(layer: Pattern, isPrefix: boolean, route: Pattern): Coverage {
  let coverage: Coverage = layer.isUncertain ? 'sometimes' : 'always'
  for (const [i, segment] of layer.segments.entries()) {
    if (segment.kind === 'rest') {
      if (i >= route.segments.length) return route.isOpen ? 'sometimes' : 'never'
      // What follows a wildcard, in a router that is mounted on one, can't be told.
      return i === layer.segments.length - 1 && !layer.isOpen ? coverage : 'sometimes'
    }
    const other = route.segments[i]
    if (other === undefined) return route.isOpen ? 'sometimes' : 'never'
    if (other.kind === 'rest') return 'sometimes'
    const one = coverageOfSegment(segment, other)
    if (one === 'never') return 'never'
    if (one === 'sometimes') coverage = 'sometimes'
  }
  // Whatever follows in the route, a prefix is in front of it.
  if (layer.isOpen || (route.isOpen && !isPrefix)) return 'sometimes'
  return isPrefix || layer.segments.length === route.segments.length ? coverage : 'never'
}

function coverageOfSegment(segment: Exclude<Segment, { kind: 'rest' }>, other: Segment): Coverage {
  if (segment.kind === 'param') return 'always'
  if (other.kind !== 'text') return 'sometimes'
  if (segment.kind === 'mixed') return segment.matches.test(other.text) ? 'always' : 'never'
  if (segment.text.toLowerCase() !== other.text.toLowerCase()) return 'never'
  if (!segment.isSensitive) return 'always'
  // A route that takes any case takes some that the layer does not.
  if (!other.isSensitive) return 'sometimes'
  return segment.text === other.text ? 'always' : 'never'
}
