/*
 * What a path of a layer matches, as far as two of them can be compared: segments that are text, parameters, and a
 * wildcard at the end. Everything else (regular expressions, groups, parameters with text around them) is opaque: of
 * such a path nothing is claimed.
 */

export type Segment = { readonly text: string } | 'parameter'

export interface PathPattern {
  readonly source: string
  /** Null: opaque. */
  readonly segments: readonly Segment[] | null
  /** What may follow the segments: nothing; anything after a slash, or nothing; at least one segment more. */
  readonly rest: Rest
  /**
   * The same, when it is asked what it may match at most: `/files/{*path}` does not match `/files`, but `/{*path}` in a router
   * that is mounted on `/files` does.
   */
  readonly mostRest: Rest
  readonly options: PatternOptions
}

type Rest = 'none' | 'any' | 'some'

const PLAIN_TEXT = /^[\w.~%!$&',;=@ -]+$/u
const PARAMETER = /^:[A-Za-z_$][\w$]*$/u
/** `{*path}` of Express 5, `*` and `(.*)` of Express 4. */
const OPTIONAL_REST = /^(?:\{\*[\w$]+\}|\(\.\*\)|\*)$/u
/** `*path` of Express 5. */
const REST = /^\*[\w$]+$/u

/** How the paths of a stack are matched. */
export interface PatternOptions {
  /** A route, which must match to the end; else what begins so matches as well. */
  readonly isWhole: boolean
  /** Whether case matters to each of the routers on the way, to some of them, or to none. */
  readonly caseMatters?: 'always' | 'partly' | 'never'
  /** A slash at the end counts. */
  readonly isStrict?: boolean
}

/** Of a layer whose path nobody knows. */
export const UNKNOWN_PATTERN: PathPattern = {
  source: '',
  segments: null,
  rest: 'none',
  mostRest: 'none',
  options: { isWhole: false },
}

export function parsePattern(source: string, options: PatternOptions): PathPattern {
  const { isWhole, isStrict = false } = options
  const opaque = { source, options, segments: null, rest: 'none', mostRest: 'none' } as const
  if (isWhole && isStrict && source.length > 1 && source.endsWith('/')) return opaque
  const parts = source.split('/').filter((part) => part !== '')
  const segments: Segment[] = []
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    if (isLast && REST.test(part)) return { source, options, segments, rest: 'some', mostRest: 'some' }
    if (isLast && OPTIONAL_REST.test(part)) {
      return { source, options, segments, rest: segments.length === 0 ? 'any' : 'some', mostRest: 'any' }
    }
    if (PARAMETER.test(part)) segments.push('parameter')
    else if (PLAIN_TEXT.test(part)) segments.push({ text: part })
    else return opaque
  }
  const rest = isWhole ? 'none' : 'any'
  return { source, options, segments, rest, mostRest: rest }
}

/** Whether every path that the second matches is matched by the first, for certain. */
export function covers(outer: PathPattern, inner: PathPattern): boolean {
  if (outer.segments === null || inner.segments === null) return false
  if (isStricter(outer.options, inner.options) || !restCovers(outer, inner)) return false
  const isExact = (outer.options.caseMatters ?? 'never') !== 'never'
  return outer.segments.every((segment, index) => {
    const other = (inner.segments as readonly Segment[])[index]
    return other !== undefined && segmentCovers(segment, other, isExact)
  })
}

/** Whether case, or a slash at the end, may matter to the first and not to the second. */
function isStricter(outer: PatternOptions, inner: PatternOptions): boolean {
  const [outerCase, innerCase] = [outer.caseMatters ?? 'never', inner.caseMatters ?? 'never']
  if (outerCase !== 'never' && innerCase !== 'always') return true
  return outer.isStrict === true && inner.isStrict !== true
}

/** Whether one of the first covers each of the second. */
export function cover(outer: readonly PathPattern[], inner: readonly PathPattern[]): boolean {
  return inner.length > 0 && inner.every((one) => outer.some((other) => covers(other, one)))
}

/** Whether there may be a path that both match; of what is opaque, there may. */
export function mayMeet(one: readonly PathPattern[], other: readonly PathPattern[]): boolean {
  return one.some((first) => other.some((second) => mayBothMatch(first, second)))
}

/** Whether both match the same paths, whatever their parameters are called. */
export function isSamePattern(one: PathPattern, other: PathPattern): boolean {
  return covers(one, other) && covers(other, one)
}

function restCovers(outer: PathPattern, inner: PathPattern): boolean {
  const [outerLength, innerLength] = [outer.segments?.length ?? 0, inner.segments?.length ?? 0]
  if (outer.rest === 'none') return inner.mostRest === 'none' && outerLength === innerLength
  const least = outerLength + (outer.rest === 'some' ? 1 : 0)
  return innerLength + (inner.mostRest === 'some' ? 1 : 0) >= least
}

function segmentCovers(outer: Segment, inner: Segment, isExact: boolean): boolean {
  if (outer === 'parameter') return true
  if (inner === 'parameter') return false
  return isExact ? inner.text === outer.text : isSameText(inner.text, outer.text)
}

function mayBothMatch(one: PathPattern, other: PathPattern): boolean {
  if (one.segments === null || other.segments === null) return true
  const [short, long] = one.segments.length <= other.segments.length ? [one, other] : [other, one]
  const [few, many] = [short.segments ?? [], long.segments ?? []]
  if (short.mostRest === 'none' && few.length < many.length) return false
  return few.every((segment, index) => {
    const opposite = many[index] as Segment
    return segment === 'parameter' || opposite === 'parameter' || isSameText(segment.text, opposite.text)
  })
}

function isSameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
