import { isJsonType } from '../../drift/media-type.js'
import { bytesOfBody } from '../requests/body-bytes.js'
import { type FuzzInput, RawText } from '../requests/fuzz-input.js'
import { isRecord } from '../requests/parameter-text.js'
import { withParameters } from './input-sites.js'
import type { Mutant, Mutation, MutationSubject } from './mutation.js'

/** Bytes; more than parsers take unless they are told to. */
const OVERSIZE = 2 * 1024 * 1024
const DEEP = 5000

/** Mutations of the message: its body as a whole, its media type, its target. */
export const BROKEN_MESSAGES: readonly Mutation[] = [
  {
    kind: 'missing-body',
    leavesDocument: true,
    mustBeRefused: true,
    inFront: [411, 415],
    mutants: ({ input }) => (input.body ? [() => ({ input: { ...input, body: null }, place: '/body' })] : []),
  },
  {
    kind: 'malformed-json',
    leavesDocument: true,
    mustBeRefused: true,
    inFront: [],
    mutants: (subject) => {
      const text = jsonTextOf(subject)
      return text === null ? [] : brokenTexts(text).map((broken) => () => withText(subject, broken))
    },
  },
  {
    kind: 'wrong-media-type',
    leavesDocument: true,
    mustBeRefused: true,
    inFront: [415],
    mutants: ({ input }) => {
      const { body } = input
      if (body === null) return []
      return ['application/x-nozomi', 'text/plain', null].map((mediaType) => () => ({
        input: { ...input, body: { mediaType, bytes: bytesOfBody(body).bytes } },
        place: '/body',
      }))
    },
  },
  {
    kind: 'deep-nesting',
    leavesDocument: false,
    mustBeRefused: false,
    inFront: [413],
    mutants: (subject) =>
      jsonTextOf(subject) === null
        ? []
        : [`${'['.repeat(DEEP)}${']'.repeat(DEEP)}`, `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`].map(
            (text) => () => withText(subject, text),
          ),
  },
  {
    kind: 'oversize',
    leavesDocument: false,
    mustBeRefused: false,
    inFront: [413],
    mutants: (subject) =>
      jsonTextOf(subject) === null ? [] : [() => withText(subject, oversized(subject.input))],
  },
  {
    kind: 'malformed-url',
    leavesDocument: false,
    mustBeRefused: false,
    inFront: [400, 404],
    mutants: malformedTargets,
  },
]

/** The body of an input, if it is JSON. */
function jsonTextOf({ input }: MutationSubject): string | null {
  const { body } = input
  if (body === null || 'bytes' in body || !isJsonType(body.mediaType)) return null
  return JSON.stringify(body.value) ?? null
}

function withText({ input }: MutationSubject, text: string): Mutant {
  const mediaType = input.body?.mediaType ?? 'application/json'
  return { input: { ...input, body: { mediaType, bytes: Buffer.from(text, 'utf8') } }, place: '/body' }
}

function brokenTexts(text: string): string[] {
  return [
    text.slice(0, -1) || '{',
    `${text},`,
    '{"a":',
    '{a:1}',
    "{'a':1}",
    'undefined',
    'NaN',
    '[1,]',
    '\u0000',
  ]
}

function oversized({ body }: FuzzInput): string {
  const padding = 'a'.repeat(OVERSIZE)
  const value = body && 'value' in body ? body.value : null
  return JSON.stringify(isRecord(value) ? { ...value, nozomi_padding: padding } : [padding])
}

function malformedTargets({ operation, input }: MutationSubject): (() => Mutant)[] {
  const texts = ['%', '%E0%A4%A', '%C0%AF', '%00']
  return operation.parameters
    .filter(
      (one) => (one.in === 'path' || one.in === 'query') && Object.hasOwn(input.parameters[one.in], one.name),
    )
    .flatMap(({ in: place, name }) =>
      texts.map((text) => () => ({
        input: withParameters(input, place, { ...input.parameters[place], [name]: new RawText(text) }),
        place: `/${place}/${name}`,
      })),
    )
}
