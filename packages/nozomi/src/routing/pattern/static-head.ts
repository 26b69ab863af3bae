import type { Token } from 'path-to-regexp'
import type { PatternOptions } from './matcher.js'

/**
 * The segments at the start of a pattern that are text: what the index of a stack looks up. Every path that the
 * pattern matches starts with them.
 *
 * Invariant: a head may promise too little, and never too much. Where it is not plain what a pattern matches, the
 * head ends before.
 */
export interface StaticHead {
  /** In lower case, whether the pattern is sensitive to it or not. */
  segments: readonly string[]
  /** The pattern matches nothing below these segments. */
  isWhole: boolean
}

const ASCII = /^[\0-\x7f]*$/
/** What ends the literal text of a pattern of Express 4. */
const EXPRESS4_SPECIAL = /[\\:*?+()[\]{}|^$]/

/** The head of a pattern that may match anywhere. */
export const ANYWHERE: StaticHead = { segments: [], isWhole: false }

/** The head of a pattern of Express 5, as path-to-regexp has parsed it. */
export function headOfTokens(tokens: readonly Token[], options: PatternOptions): StaticHead {
  const [first, ...rest] = tokens
  if (first?.type !== 'text' || !first.value.startsWith('/')) return ANYWHERE
  const isWhole = rest.length === 0 && options.end !== false && !first.value.endsWith('/')
  const endsSegment = rest.every(startsSegment)
  const text = endsSegment ? first.value : first.value.slice(0, first.value.lastIndexOf('/'))
  return headOfText(text, isWhole)
}

/**
 * The head of a pattern of Express 4: the text before its first special character. That character may make optional
 * what stands before it, so that the segment it stands in, or begins, does not count.
 */
export function headOfExpress4(pattern: string): StaticHead {
  const special = pattern.search(EXPRESS4_SPECIAL)
  const text = special === -1 ? pattern : pattern.slice(0, special)
  if (!text.startsWith('/')) return ANYWHERE
  const whole = text.slice(0, text.lastIndexOf('/'))
  return headOfText(whole.slice(0, whole.lastIndexOf('/')), false)
}

/** Whether what may follow begins with a slash, so that the segment before it is complete. */
function startsSegment(token: Token): boolean {
  if (token.type !== 'group') return false
  const [first] = token.tokens
  return first?.type === 'text' && first.value.startsWith('/')
}

function headOfText(text: string, isWhole: boolean): StaticHead {
  const segments = text.replace(/\/+$/, '').split('/').slice(1)
  // Case outside of ASCII is the regular expression's.
  const foreign = segments.findIndex((segment) => !ASCII.test(segment))
  const kept = foreign === -1 ? segments : segments.slice(0, foreign)
  return { segments: kept.map((segment) => segment.toLowerCase()), isWhole: isWhole && foreign === -1 }
}
