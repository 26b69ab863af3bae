import { isRecord } from '../requests/parameter-text.js'
import { type InputSite, inputSites, objectSites } from './input-sites.js'
import type { Mutant, Mutation, MutationKind, MutationSubject } from './mutation.js'

/** Code units. In a body below the usual limit of parsers, in a head below that of node. */
const LONG_IN_BODY = 20_000
const LONG_IN_HEAD = 4000

/** What has broken other servers: text that a database, a log or a template reads in its own way. */
const ODD_TEXTS = [
  '\u{1F469}\u200D\u{1F469}\u200D\u{1F467}',
  '\uD800',
  '\u202Eabc',
  '\uFFFE',
  'e\u0301'.repeat(40),
  '\u0130\u0131\uFB01',
  '\'"`;--',
  '../../../../etc/passwd',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '%s%n%x',
  '\r\nX-Injected: yes',
  ' ',
]
const FIELD_TEXTS = ['\'"`;--', '../../../../etc/passwd', '{{7*7}}${7*7}<%= 7*7 %>', '%s%n%x', '%']

const EXTREMES = [-1, 0, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, -1e308, 5e-324, 0.1]

/** Values that the document may well allow, and that go wrong further inside. */
export const HOSTILE_VALUES: readonly Mutation[] = [
  hostile('prototype-key', [400], prototypeKeys),
  hostile(
    'odd-text',
    [],
    ofTexts((site) => (site.in === 'header' ? FIELD_TEXTS : ODD_TEXTS)),
  ),
  hostile(
    'nul',
    [400],
    ofTexts((site) => (site.in === 'header' ? [] : ['\u0000', 'a\u0000b'])),
  ),
  hostile(
    'very-long',
    [413, 414, 431],
    ofTexts((site) => ['a'.repeat(site.in === 'body' ? LONG_IN_BODY : LONG_IN_HEAD)]),
  ),
  hostile('extreme-number', [], (subject) =>
    inputSites(subject)
      .filter(({ value }) => typeof value === 'number')
      .flatMap((site) => EXTREMES.map((extreme) => () => site.replaced(extreme))),
  ),
]

function hostile(kind: MutationKind, inFront: readonly number[], mutants: Mutation['mutants']): Mutation {
  return { kind, leavesDocument: false, mustBeRefused: false, inFront, mutants }
}

function ofTexts(texts: (site: InputSite) => readonly string[]): Mutation['mutants'] {
  return (subject) =>
    inputSites(subject)
      .filter(({ value }) => typeof value === 'string')
      .flatMap((site) => texts(site).map((text) => () => site.replaced(text)))
}

const POLLUTION = { polluted: 'yes' }

function prototypeKeys(subject: MutationSubject): (() => Mutant)[] {
  const bodies = objectSites(subject).flatMap((site) => [
    () => site.replaced(withOwnKey(site.value, '__proto__', POLLUTION)),
    () => site.replaced(withOwnKey(site.value, 'constructor', { prototype: POLLUTION })),
  ])
  const hasQuery = subject.operation.parameters.some(({ in: place }) => place === 'query')
  const queries = ['__proto__[polluted]', 'constructor[prototype][polluted]'].map((name) => () => ({
    input: { ...subject.input, extraQuery: [[name, 'yes'] as const] },
    place: `/query/${name}`,
  }))
  return hasQuery ? [...bodies, ...queries] : bodies
}

/** A key of its own, whatever its name. */
function withOwnKey(value: unknown, key: string, own: unknown): object {
  const copy = isRecord(value) ? { ...value } : {}
  return Object.defineProperty(copy, key, {
    value: own,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}
