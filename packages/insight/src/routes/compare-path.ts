import { editDistance, mostErrors } from './edit-distance.js'
import type { Difference } from './explanation.js'
import type { Pattern, Segment } from './pattern.js'

/** How a path differs from a pattern. */
export interface Comparison {
  /** The smaller, the nearer. */
  readonly cost: number
  readonly differs: readonly Difference[]
  /** What the route has instead: parts of a sentence about it. */
  readonly notes: readonly string[]
  /** The segments that would match; null when a parameter is missing whose value nobody knows. */
  readonly instead: readonly string[] | null
}

/** In this order things are forgotten or mistyped: what costs less is told first. */
const COST = { case: 6, typo: 10, error: 4, prefix: 20, missing: 26, segment: 44 }

const SAME: Comparison = { cost: 0, differs: [], notes: [], instead: [] }

/** What nobody can correct: a segment of text and parameters that does not fit. */
const NEVER: Comparison = { cost: Number.POSITIVE_INFINITY, differs: [], notes: [], instead: null }

/** Compares the segments of a path with those of a pattern; null when they have little in common. */
export function comparePath(path: readonly string[], pattern: Pattern): Comparison | null {
  if (pattern.isOpen) return null
  const { segments } = pattern
  return nearestOf([
    compareInPlace(path, segments),
    compareWithoutPrefix(path, segments),
    compareWithPrefix(path, segments),
    compareWithOneMore(path, segments),
    compareWithOneLess(path, segments),
  ])
}

function nearestOf(comparisons: readonly (Comparison | null)[]): Comparison | null {
  let nearest: Comparison | null = null
  for (const one of comparisons) {
    if (one !== null && (nearest === null || one.cost < nearest.cost)) nearest = one
  }
  return nearest
}

/** Segment by segment; two may be mistyped, or one may be another. */
function compareInPlace(path: readonly string[], segments: readonly Segment[]): Comparison | null {
  let found = SAME
  for (const [i, segment] of segments.entries()) {
    if (segment.kind === 'rest') return i < path.length ? add(found, keep(path.slice(i))) : null
    const text = path[i]
    if (text === undefined) return null
    const one = compareSegment(text, segment)
    found = add(found, one)
    if (isTooFar(found)) return null
  }
  if (path.length !== segments.length) return null
  return found.differs.includes('segment') && !sharesText(path, segments) ? null : found
}

/** `/users/7` and `/files/:name` have nothing in common. */
function sharesText(path: readonly string[], segments: readonly Segment[]): boolean {
  return segments.some(({ kind, text }, i) => kind === 'text' && text === path[i])
}

function isTooFar({ cost, differs }: Comparison): boolean {
  if (cost === Number.POSITIVE_INFINITY) return true
  const others = differs.filter((one) => one === 'segment').length
  const typos = differs.filter((one) => one === 'typo').length
  return others > 1 || typos > 2 || (others > 0 && typos > 0)
}

function compareSegment(text: string, segment: Exclude<Segment, { kind: 'rest' }>): Comparison {
  if (segment.kind === 'param') return keep([text])
  if (segment.kind === 'mixed') return segment.matches.test(text) ? keep([text]) : NEVER
  const { text: wanted } = segment
  if (text === wanted) return keep([text])
  const given = text.toLowerCase()
  if (given === wanted.toLowerCase()) {
    return { cost: COST.case, differs: ['case'], notes: [`spells ${wanted}, not ${text}`], instead: [wanted] }
  }
  const limit = mostErrors(wanted.length)
  const errors = editDistance(given, wanted.toLowerCase(), limit)
  if (errors > limit) return another(text, wanted)
  return {
    cost: COST.typo + COST.error * errors,
    differs: ['typo'],
    notes: [`says ${wanted}, not ${text}`],
    instead: [wanted],
  }
}

function another(text: string, wanted: string): Comparison {
  return differing('segment', COST.segment, `has ${wanted} where the request has ${text}`, [wanted])
}

function keep(segments: readonly string[]): Comparison {
  return { ...SAME, instead: segments }
}

function add(a: Comparison, b: Comparison): Comparison {
  return {
    cost: a.cost + b.cost,
    differs: b.differs.length === 0 ? a.differs : [...a.differs, ...b.differs],
    notes: b.notes.length === 0 ? a.notes : [...a.notes, ...b.notes],
    instead: a.instead && b.instead && [...a.instead, ...b.instead],
  }
}

/** `/users/7` for `/api/users/:id`. */
function compareWithoutPrefix(path: readonly string[], segments: readonly Segment[]): Comparison | null {
  const missing = segments.length - path.length
  if (missing < 1 || path.length === 0) return null
  const prefix = segments.slice(0, missing)
  if (prefix.some(({ kind }) => kind !== 'text')) return null
  const texts = prefix.map(({ text }) => text)
  const lacking = differing('mount-prefix', COST.prefix + missing, `is behind /${texts.join('/')}`, texts)
  return addRest(lacking, path, segments.slice(missing))
}

/** `/api/users/7` for `/users/:id`. */
function compareWithPrefix(path: readonly string[], segments: readonly Segment[]): Comparison | null {
  const more = path.length - segments.length
  if (more < 1 || segments.length === 0) return null
  const note = `is not behind /${path.slice(0, more).join('/')}`
  return addRest(differing('mount-prefix', COST.prefix + 2 + more, note, []), path.slice(more), segments)
}

/** The route has a segment that the request has not; the last one that can be it is the likeliest. */
function compareWithOneMore(path: readonly string[], segments: readonly Segment[]): Comparison | null {
  if (segments.length !== path.length + 1) return null
  let nearest: Comparison | null = null
  for (let i = segments.length - 1; i >= 0; i--) {
    const { kind, text } = segments[i] as Segment
    if (kind === 'rest') continue
    const before = addRest(SAME, path.slice(0, i), segments.slice(0, i), NO_TEXT)
    const note = `has ${text} behind /${path.slice(0, i).join('/')}`
    const more = differing('segment', COST.missing, note, kind === 'text' ? [text] : null)
    const found = before && addRest(add(before, more), path.slice(i), segments.slice(i + 1), NO_TEXT)
    if (found !== null && hasText(segments.toSpliced(i, 1))) nearest = nearestOf([nearest, found])
  }
  return nearest
}

/** The request has a segment that the route has not. */
function compareWithOneLess(path: readonly string[], segments: readonly Segment[]): Comparison | null {
  if (segments.length !== path.length - 1 || !hasText(segments)) return null
  let nearest: Comparison | null = null
  for (let i = path.length - 1; i >= 0; i--) {
    const before = addRest(SAME, path.slice(0, i), segments.slice(0, i), NO_TEXT)
    const note = `has no ${path[i]} behind /${path.slice(0, i).join('/')}`
    const less = differing('segment', COST.missing + 2, note, [])
    const found = before && addRest(add(before, less), path.slice(i + 1), segments.slice(i), NO_TEXT)
    if (found !== null) nearest = nearestOf([nearest, found])
  }
  return nearest
}

function differing(
  what: Difference,
  cost: number,
  note: string,
  instead: readonly string[] | null,
): Comparison {
  return { cost, differs: [what], notes: [note], instead }
}

/** What consists of parameters only fits everything, and says nothing. */
function hasText(segments: readonly Segment[]): boolean {
  return segments.some(({ kind }) => kind === 'text')
}

const NO_TEXT = { needsText: false }

/** Adds how the rest compares, which may be mistyped once, but must fit otherwise. */
function addRest(
  found: Comparison,
  path: readonly string[],
  segments: readonly Segment[],
  { needsText } = { needsText: true },
): Comparison | null {
  if (needsText && !hasText(segments)) return null
  const rest = compareInPlace(path, segments)
  if (rest === null || rest.differs.includes('segment')) return null
  const both = add(found, rest)
  return both.differs.filter((one) => one === 'typo').length > 1 ? null : both
}
