/*
 * Which content codings a client takes (RFC 9110 §12.5.3), for files that are kept in several.
 */

/** A coding that a file may be kept in beside itself. */
export type Coding = 'br' | 'zstd' | 'gzip'

/** What the names of such files end with. */
export const EXTENSIONS: Readonly<Record<Coding, string>> = { br: '.br', zstd: '.zst', gzip: '.gz' }

/** From the one that makes the shortest files. */
export const CODINGS: readonly Coding[] = ['br', 'zstd', 'gzip']

/** What may be sent, the most wanted first; `null` stands for the file as it is. */
export type Choices = readonly (Coding | null)[]

export const AS_IT_IS: Choices = [null]

/** A member of the field: a coding and, perhaps, how much it is wanted. */
const MEMBER = /^\s*([^\s;]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i

/** Longer fields are nobody's; they are read no further. */
const MOST_MEMBERS = 32

/**
 * @param offered what there may be, in order of preference where the client has none
 * @returns the codings that the client takes and, unless it refuses it, the file as it is. RFC 9110 §12.5.3: without the
 *   field every coding is acceptable, but who sends none will hardly undo any.
 */
export function chooseCodings(field: string | undefined, offered: readonly Coding[]): Choices {
  if (!field || offered.length === 0) return AS_IT_IS
  const weights = parseWeights(field)
  const others = weights.get('*')
  const choices: { coding: Coding | null; weight: number }[] = []
  for (const coding of offered) {
    const weight =
      weights.get(coding) ?? (coding === 'gzip' ? weights.get('x-gzip') : undefined) ?? others ?? 0
    if (weight > 0) choices.push({ coding, weight })
  }
  // The file as it is, unless it is spoken of, comes last.
  const plain = weights.get('identity') ?? (others === 0 ? 0 : Number.MIN_VALUE)
  if (plain > 0) choices.push({ coding: null, weight: plain })
  return choices.toSorted((a, b) => b.weight - a.weight).map(({ coding }) => coding)
}

/** What can't be understood counts as not named. */
function parseWeights(field: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const member of field.split(',', MOST_MEMBERS)) {
    const [, name, weight] = MEMBER.exec(member) ?? []
    if (name) weights.set(name.toLowerCase(), weight === undefined ? 1 : Math.min(1, Number(weight)))
  }
  return weights
}
