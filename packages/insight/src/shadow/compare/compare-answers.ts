import type { DifferenceKind, Point, SideAnswer } from '../../types/shadow.js'
import { compareBodies } from './compare-bodies.js'
import { compareFields } from './compare-fields.js'
import { withoutFrames } from './stacks.js'

/** Every point on which two answers to one request differ; none when they are equal. */
export function compareAnswers(express: SideAnswer, nozomi: SideAnswer): Point[] {
  if (express.status === null || nozomi.status === null) {
    if (express.fate === nozomi.fate) return []
    return [point('connection', '', showFate(express), showFate(nozomi))]
  }
  return [
    ...compareLine(express, nozomi),
    ...compareFields(express, nozomi, hasSameBytes(express, nozomi)),
    ...compareBodies(express, nozomi),
    ...compareEnd(express, nozomi),
  ]
}

function compareLine(express: SideAnswer, nozomi: SideAnswer): Point[] {
  const points = [
    when('status', String(express.status), String(nozomi.status)),
    when('interim', express.interim.join(', ') || '(none)', nozomi.interim.join(', ') || '(none)'),
  ]
  // A reason follows from its status: said only where it is the one thing that differs.
  if (express.status === nozomi.status) points.push(when('reason', express.reason, nozomi.reason))
  return points.flat()
}

function compareEnd(express: SideAnswer, nozomi: SideAnswer): Point[] {
  return [
    when('framing', express.framing, nozomi.framing),
    when('connection', showFate(express), showFate(nozomi)),
    when('trailer', showPairs(express.trailers), showPairs(nozomi.trailers)),
    express.events && nozomi.events
      ? when('events', express.events.join(', '), nozomi.events.join(', '))
      : [],
  ].flat()
}

/** An answer that did not end has no whole body; a HEAD has none. */
function hasSameBytes(express: SideAnswer, nozomi: SideAnswer): boolean {
  if (express.fate === 'left by the client' || express.fate === 'timed out') return true
  return express.bodyBytes === nozomi.bodyBytes && express.body.equals(nozomi.body)
}

function showFate({ fate, error }: SideAnswer): string {
  return error === null ? fate : `${fate} (${error})`
}

function showPairs(fields: SideAnswer['trailers']): string {
  return fields.map(([name, value]) => `${name}: ${value}`).join('; ') || '(none)'
}

function when(what: DifferenceKind, express: string, nozomi: string): Point[] {
  return express === nozomi ? [] : [point(what, '', express, nozomi)]
}

function point(what: DifferenceKind, where: string, express: string, nozomi: string): Point {
  return { what, where, express: withoutFrames(express), nozomi: withoutFrames(nozomi) }
}
