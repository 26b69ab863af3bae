import type { Point, SideAnswer } from '../../types/shadow.js'
import { decodeBody } from './decoded-body.js'
import { jsonDifferences, showJson } from './json-differences.js'
import { withoutFrames } from './stacks.js'
import { textDifferences } from './text-differences.js'

/** JSON as a value, text without the frames of stacks, anything else byte by byte. */
export function compareBodies(express: SideAnswer, nozomi: SideAnswer): Point[] {
  if (express.body.equals(nozomi.body) && express.bodyBytes === nozomi.bodyBytes) return []
  // An answer that did not end is compared as far as both have it.
  if (isOpenEnded(express) && isOpenEnded(nozomi)) return compareBeginnings(express.body, nozomi.body)
  const [one, other] = [decodeBody(express), decodeBody(nozomi)]
  if (one.kind === 'json' && other.kind === 'json') {
    return jsonDifferences(withoutStacks(one.value), withoutStacks(other.value)).map((found) => ({
      what: 'body',
      where: found.path,
      express: showJson(found.one),
      nozomi: showJson(found.other),
    }))
  }
  if (one.kind === 'bytes' || other.kind === 'bytes')
    return compareBytes(bytesOf(one, express), bytesOf(other, nozomi))
  const [text, counterpart] = [textOf(one), textOf(other)].map(withoutFrames) as [string, string]
  return textDifferences(text, counterpart).map((found) => ({
    what: 'body',
    where: found.place,
    express: found.one,
    nozomi: found.other,
  }))
}

function isOpenEnded({ fate }: SideAnswer): boolean {
  return fate === 'timed out' || fate === 'left by the client'
}

function compareBeginnings(one: Buffer, other: Buffer): Point[] {
  const length = Math.min(one.length, other.length)
  return compareBytes(one.subarray(0, length), other.subarray(0, length))
}

function compareBytes(one: Buffer, other: Buffer): Point[] {
  if (one.equals(other)) return []
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const show = (bytes: Buffer) =>
    `${bytes.length} bytes, there ${bytes.toString('hex', at, at + 16) || 'none'}`
  return [{ what: 'body', where: `byte ${at}`, express: show(one), nozomi: show(other) }]
}

type Decoded = ReturnType<typeof decodeBody>

function textOf(body: Decoded): string {
  if (body.kind === 'text') return body.text
  return body.kind === 'json' ? JSON.stringify(body.value) : ''
}

function bytesOf(body: Decoded, answer: SideAnswer): Buffer {
  return body.kind === 'bytes' ? body.bytes : answer.body
}

/** The texts in a value, each without its frames. */
function withoutStacks(value: unknown): unknown {
  if (typeof value === 'string') return withoutFrames(value)
  if (Array.isArray(value)) return value.map(withoutStacks)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutStacks(one)]))
}
