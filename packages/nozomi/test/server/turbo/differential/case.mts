import { requestStream } from './grammar.mjs'
import { mutate } from './mutate.mjs'
import { Random } from './random.mjs'

/** What is sent on one connection: the bytes, and where the packets end. */
export interface Case {
  /** Latin1: one character, one byte. */
  readonly stream: string
  /** Ascending offsets within the stream, at which it is cut into packets. */
  readonly cuts: readonly number[]
}

/** Three kinds of streams: nearly clean ones, those with several things wrong, and mutated ones. */
export function caseOf(seed: number): Case {
  const random = new Random(seed)
  const oddity = random.pick([60, 20, 8, 4])
  const clean = requestStream(random, oddity)
  const stream = random.once(3) ? mutate(clean, random, () => requestStream(random, oddity)) : clean
  return { stream, cuts: cutsOf(stream.length, random) }
}

export function packetsOf({ stream, cuts }: Case): Buffer[] {
  const edges = [0, ...cuts, stream.length]
  return edges.slice(1).map((end, index) => Buffer.from(stream.slice(edges[index], end), 'latin1'))
}

function cutsOf(length: number, random: Random): number[] {
  if (length < 2 || random.once(3)) return []
  if (length < 400 && random.once(10)) return Array.from({ length: length - 1 }, (_, index) => index + 1)
  const cuts = new Set(
    Array.from({ length: random.pick([1, 1, 2, 3, 8]) }, () => 1 + random.below(length - 1)),
  )
  return [...cuts].toSorted((a, b) => a - b)
}
