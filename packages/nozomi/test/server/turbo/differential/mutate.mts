import type { Random } from './random.mjs'

/*
 * Changes that no grammar thinks of: bits flipped, bytes put in, left out or doubled, pieces of two streams spliced.
 */

/** Bytes at which parsers change their state. */
// biome-ignore format: a table
const STRUCTURE = [
  '\r', '\n', '\r\n', ' ', '\t', ':', '\0', ',', ';', '"', '0', '\xff', '\x7f', 'chunked', 'HTTP/1.1', '/',
  '#',
]

type Mutation = (stream: string, random: Random, other: () => string) => string

const MUTATIONS: readonly Mutation[] = [flipBit, insert, remove, double, replace, splice]

/** `other` gives a second stream to take pieces from. */
export function mutate(stream: string, random: Random, other: () => string): string {
  let mutated = stream
  for (let count = random.pick([1, 1, 1, 2, 4]); count > 0 && mutated !== ''; count--) {
    mutated = random.pick(MUTATIONS)(mutated, random, other)
  }
  return mutated
}

function flipBit(stream: string, random: Random): string {
  const at = random.below(stream.length)
  return put(stream, at, 1, String.fromCharCode(stream.charCodeAt(at) ^ (1 << random.below(8))))
}

function insert(stream: string, random: Random): string {
  return put(stream, random.below(stream.length + 1), 0, random.pick(STRUCTURE))
}

function replace(stream: string, random: Random): string {
  return put(stream, random.below(stream.length), 1, random.pick(STRUCTURE))
}

function remove(stream: string, random: Random): string {
  return put(stream, random.below(stream.length), random.pick([1, 1, 2, 10]), '')
}

function double(stream: string, random: Random): string {
  const at = random.below(stream.length)
  return put(stream, at, 0, stream.slice(at, at + random.pick([1, 2, 10, 40])))
}

function splice(stream: string, random: Random, other: () => string): string {
  const second = other()
  return stream.slice(0, random.below(stream.length)) + second.slice(random.below(second.length + 1))
}

function put(stream: string, at: number, removed: number, text: string): string {
  return stream.slice(0, at) + text + stream.slice(at + removed)
}
