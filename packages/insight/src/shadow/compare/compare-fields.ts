import type { Point, RawFields, SideAnswer } from '../../types/shadow.js'
import { fieldValue, fieldValues, parseSetCookie, type SetCookie } from './field-values.js'
import { areSameDate } from './http-dates.js'

/** Fields that follow from the body: where the bodies differ, or may, they say nothing of their own. */
const DERIVED: ReadonlySet<string> = new Set([
  'content-length',
  'etag',
  'content-md5',
  'digest',
  'repr-digest',
  'content-digest',
])

/** Whether a point is about such a field. */
export function isDerived({ what, where }: Point): boolean {
  return what === 'field' && DERIVED.has(where.toLowerCase())
}

/**
 * Which fields there are, in which order and spelling, and what they say.
 *
 * @param sameBytes whether the bodies are the same, byte by byte
 */
export function compareFields(express: SideAnswer, nozomi: SideAnswer, sameBytes: boolean): Point[] {
  return [
    ...comparePresence(express.fields, nozomi.fields),
    ...compareOrder(express.fields, nozomi.fields),
    ...compareSpelling(express.fields, nozomi.fields),
    ...namesInBoth(express.fields, nozomi.fields).flatMap((name) => {
      if (name === 'set-cookie') return compareCookies(express.fields, nozomi.fields)
      if (!sameBytes && DERIVED.has(name)) return compareDerived(name, express, nozomi)
      return compareValues(name, express.fields, nozomi.fields)
    }),
  ]
}

function namesOf(fields: RawFields): string[] {
  return [...new Set(fields.map(([name]) => name.toLowerCase()))]
}

function namesInBoth(one: RawFields, other: RawFields): string[] {
  const names = new Set(namesOf(other))
  return namesOf(one).filter((name) => names.has(name))
}

function comparePresence(express: RawFields, nozomi: RawFields): Point[] {
  return [
    ...namesOnlyIn(express, nozomi).map((name) =>
      field(spelled(express, name), shown(express, name), '(absent)'),
    ),
    ...namesOnlyIn(nozomi, express).map((name) =>
      field(spelled(nozomi, name), '(absent)', shown(nozomi, name)),
    ),
  ]
}

function namesOnlyIn(one: RawFields, other: RawFields): string[] {
  const names = new Set(namesOf(other))
  return namesOf(one).filter((name) => !names.has(name))
}

function shown(fields: RawFields, name: string): string {
  return fieldValues(fields, name).join(', ')
}

function compareOrder(express: RawFields, nozomi: RawFields): Point[] {
  const [one, other] = [namesInBoth(express, nozomi), namesInBoth(nozomi, express)]
  if (one.join() === other.join()) return []
  return [{ what: 'field order', where: '', express: one.join(', '), nozomi: other.join(', ') }]
}

function compareSpelling(express: RawFields, nozomi: RawFields): Point[] {
  return namesInBoth(express, nozomi).flatMap((name): Point[] => {
    const [one, other] = [spelled(express, name), spelled(nozomi, name)]
    return one === other ? [] : [{ what: 'field case', where: name, express: one, nozomi: other }]
  })
}

function compareValues(name: string, express: RawFields, nozomi: RawFields): Point[] {
  const [one, other] = [fieldValues(express, name), fieldValues(nozomi, name)]
  const isSame =
    one.length === other.length &&
    one.every((value, at) => value === other[at] || areSameDate(value, other[at] as string))
  return isSame ? [] : [field(spelled(express, name), one.join(' | '), other.join(' | '))]
}

/** A length must fit its own body; of an entity tag only the kind is compared. */
function compareDerived(name: string, express: SideAnswer, nozomi: SideAnswer): Point[] {
  const [one = '', other = ''] = [express, nozomi].map(({ fields }) => fieldValue(fields, name))
  if (name === 'content-length') {
    const fits = [express, nozomi].map((answer, at) => Number([one, other][at]) === answer.bodyBytes)
    return fits[0] === fits[1]
      ? []
      : [field('Content-Length', showLength(one, express), showLength(other, nozomi))]
  }
  if (name !== 'etag' || one.startsWith('W/') === other.startsWith('W/')) return []
  return [field('ETag', one, other)]
}

function showLength(value: string, { bodyBytes }: SideAnswer): string {
  return `${value} for ${bodyBytes} bytes`
}

/** Each cookie by its name: its value, and each of its attributes, are points of their own. */
function compareCookies(express: RawFields, nozomi: RawFields): Point[] {
  const [one, other] = [express, nozomi].map((fields) =>
    fieldValues(fields, 'set-cookie').map(parseSetCookie),
  ) as [SetCookie[], SetCookie[]]
  const [names, others] = [one, other].map((cookies) => cookies.map(({ name }) => name).join(', ')) as [
    string,
    string,
  ]
  if (names !== others) return [field('Set-Cookie', names, others)]
  return one.flatMap((cookie, at) => compareCookie(cookie, other[at] as SetCookie))
}

function compareCookie(one: SetCookie, other: SetCookie): Point[] {
  const points: Point[] = []
  if (one.value !== other.value) points.push(field(`Set-Cookie ${one.name}`, one.value, other.value))
  const keys = new Set([...one.attributes.keys(), ...other.attributes.keys()])
  for (const key of keys) {
    const [mine, theirs] = [one, other].map(({ attributes }) => attributes.get(key) ?? '(absent)') as [
      string,
      string,
    ]
    if (mine !== theirs && !areSameDate(mine, theirs)) {
      points.push(field(`Set-Cookie ${one.name} ${key}`, mine, theirs))
    }
  }
  return points
}

function spelled(fields: RawFields, name: string): string {
  return fields.find(([given]) => given.toLowerCase() === name)?.[0] ?? name
}

function field(where: string, express: string, nozomi: string): Point {
  return { what: 'field', where, express, nozomi }
}
