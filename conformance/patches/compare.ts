import { battery } from './battery.js'
import { type Bench, type Calls, labelOf } from './bench.js'
import type { Member } from './patching.js'
import type { Kind, Place } from './places.js'

/**
 * How the calls of a patched member differ from those on Express: none where there are some, some where there are none,
 * or another number.
 */
export type How = 'unseen' | 'fewer' | 'more' | 'additional'

export interface Deviation {
  place: string
  kind: Kind
  member: string
  request: string
  how: How
  /** How often it was called. */
  express: number
  subject: number
}

/** What was found at one place. */
export interface Findings {
  /** Members that Express has there, and the subject has not, or not patchable. */
  absent: string[]
  deviations: Deviation[]
  /** Requests that were answered in another way because a patch that changes nothing was there. */
  disturbed: string[]
  /** How many members were patched one by one, and how many requests sent while they were. */
  members: number
  requests: number
}

/**
 * Express takes no fast ways, so all members of a place are patched at once to learn which of them each request calls. On
 * the subject one member is patched at a time, and asked are the requests that call it on Express: a fast way that looks
 * at other members only is found out. What Express does not call is looked for with all of them patched.
 */
export class Comparison {
  readonly #express: Bench
  readonly #subject: Bench
  readonly #onExpress = new Map<string, Calls>()
  readonly #called = new Map<string, boolean>()
  #plain: Map<number, string> | null = null

  constructor(express: Bench, subject: Bench) {
    this.#express = express
    this.#subject = subject
  }

  async compare(place: Place): Promise<Findings> {
    this.#plain ??= await this.#subject.ask(battery.keys())
    const members = this.#express.membersOf(place)
    const expected = await this.#callsOnExpress(place, members)
    const found: Findings = { absent: [], deviations: [], disturbed: [], members: 0, requests: 0 }
    const all = await this.#subject.watch(place, members, battery.keys())
    found.absent = all.absent.map(String)
    this.#noteDisturbed(found, 'all members', all.answers)
    for (const [name, counts] of all.calls) {
      for (const [number, subject] of counts) {
        if (!expected.get(name)?.has(number))
          found.deviations.push(deviation(place, name, number, 0, subject))
      }
    }
    for (const member of members) {
      const counts = expected.get(member.name)
      if (counts) await this.#patchOne(place, member, counts, found)
    }
    return found
  }

  /** The methods of Express that no request of the battery has called at any place yet, as `kind.name`. */
  uncalled(): string[] {
    return [...this.#called].flatMap(([name, isCalled]) => (isCalled ? [] : name))
  }

  async #patchOne(place: Place, member: Member, counts: Map<number, number>, found: Findings): Promise<void> {
    const { calls, answers } = await this.#subject.watch(place, [member], counts.keys())
    found.members++
    found.requests += counts.size
    this.#noteDisturbed(found, String(member.name), answers)
    for (const [number, express] of counts) {
      const subject = calls.get(member.name)?.get(number) ?? 0
      if (subject !== express && (subject === 0 || isCounted(place, member))) {
        found.deviations.push(deviation(place, member.name, number, express, subject))
      }
    }
  }

  #noteDisturbed(found: Findings, what: string, answers: Map<number, string>): void {
    for (const [number, answer] of answers) {
      if (answer !== this.#plain?.get(number)) found.disturbed.push(`${what}: ${labelOf(number)}`)
    }
  }

  async #callsOnExpress(place: Place, members: readonly Member[]): Promise<Calls> {
    const { calls } = await this.#express.watch(place, members, battery.keys())
    const elsewhere = place.oracle === undefined ? undefined : this.#onExpress.get(place.oracle)
    for (const { name } of elsewhere ? members : []) addCounts(calls, name, elsewhere?.get(name))
    this.#onExpress.set(place.name, calls)
    for (const { name, kind } of members) {
      if (kind !== 'method' || typeof name !== 'string' || name.startsWith('_')) continue
      const key = `${place.kind}.${name}`
      this.#called.set(key, calls.has(name) || this.#called.get(key) === true)
    }
    return calls
  }
}

function addCounts(calls: Calls, name: PropertyKey, more: Map<number, number> = new Map()): void {
  const counts = new Map(calls.get(name))
  for (const [number, count] of more) counts.set(number, (counts.get(number) ?? 0) + count)
  if (counts.size > 0) calls.set(name, counts)
}

/**
 * Whether the number of calls is compared, and not only whether there are some: not of what only looks at something,
 * and not of what node keeps for itself.
 */
function isCounted({ kind }: Place, { name, kind: type }: Member): boolean {
  if (type === 'getter' || typeof name !== 'string' || name.startsWith('_')) return false
  return kind === 'application'
    ? !['get', 'set', 'enabled'].includes(name)
    : !/^(get|has|is|listener|accepts)/.test(name)
}

function deviation(
  place: Place,
  name: PropertyKey,
  number: number,
  express: number,
  subject: number,
): Deviation {
  return {
    place: place.name,
    kind: place.kind,
    member: String(name),
    request: labelOf(number),
    how: howOf(express, subject),
    express,
    subject,
  }
}

function howOf(express: number, subject: number): How {
  if (subject === 0) return 'unseen'
  if (express === 0) return 'additional'
  return subject < express ? 'fewer' : 'more'
}
