import type { HeadLimits } from '#dist/server/turbo/protocol/limits.js'
import type { Case } from './case.mjs'
import { KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.mjs'
import { USUAL_LIMITS } from './limits.mjs'
import { messageText } from './message-text.mjs'
import { type Observation, type SeenRequest, withoutAfterlife } from './observation.mjs'
import type { OwnObservation } from './observe-parser.mjs'

/** The verdict on one case: the two are equal, differ in a known way (its name), or differ. */
export type Verdict =
  | { kind: 'equal' }
  | { kind: 'known'; name: string }
  | { kind: 'unexplained'; what: string }

/** Compares what two servers made of the same stream, up to the first message on which they differ. */
export function judge(
  one: Case,
  node: Observation,
  ours: OwnObservation,
  limits: HeadLimits = USUAL_LIMITS,
): Verdict {
  const theirs = withoutAfterlife(node)
  const mine = withoutAfterlife(ours)
  const index = firstDifference(theirs, mine)
  if (index === -1) return { kind: 'equal' }
  const message = messageText(one.stream.slice(mine.starts[index] ?? one.stream.length))
  const refusal =
    mine.requests.length <= index || mine.requests[index]?.complete === false ? mine.refused : null
  for (const known of KNOWN_DIFFERENCES) {
    const isAbout =
      known.differsIn === 'everything' ||
      known.refusals.some((other) => other.reason === refusal?.reason) ||
      ((refusal === null || refusal.status === theirs.refused?.status) &&
        differOnlyIn(known.differsIn, theirs.requests[index], mine.requests[index])) ||
      (known.isLater === true && mine.refused === null && theirs.refused !== null)
    if (isAbout && known.applies(message, limits)) return { kind: 'known', name: known.name }
  }
  return { kind: 'unexplained', what: describe(index, theirs, mine) }
}

/** The index of the first message that was not read alike; -1 when all were. */
function firstDifference(node: Observation, ours: Observation): number {
  const count = Math.max(node.requests.length, ours.requests.length)
  for (let index = 0; index < count; index++) {
    if (!isSameRequest(node.requests[index], ours.requests[index])) return index
    // Ours has stopped within a message that node has not completed either, and yet has read on behind.
    if (ours.requests[index]?.complete === false && node.requests.length > index + 1) return index
  }
  if (node.refused?.status === ours.refused?.status && node.handedOver === ours.handedOver) return -1
  const last = ours.requests[count - 1]
  return last === undefined || (last.complete && !last.isUpgrade) ? count : count - 1
}

function isSameRequest(a: SeenRequest | undefined, b: SeenRequest | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function differOnlyIn(
  properties: Exclude<KnownDifference['differsIn'], 'everything'>,
  a: SeenRequest | undefined,
  b: SeenRequest | undefined,
): boolean {
  if (properties === undefined || a === undefined || b === undefined) return false
  const copied = Object.fromEntries(properties.map((property) => [property, b[property]]))
  return !isSameRequest(a, b) && isSameRequest({ ...a, ...copied }, b)
}

function describe(index: number, node: Observation, ours: Observation): string {
  const side = ({ requests, refused }: Observation): string => {
    const verdict = refused === null ? 'no refusal' : `${refused.status} (${refused.reason})`
    const about =
      requests[index] === undefined ? 'not accepted' : JSON.stringify(requests[index]).slice(0, 400)
    return `${verdict}; message ${index + 1}: ${about}`
  }
  return `node: ${side(node)}\nours: ${side(ours)}`
}
