import { randomUUID } from 'node:crypto'
import type { Log } from '../log/log.js'
import type { State, Unsubscribe } from '../state/state.js'

export interface PresentUser {
  readonly id: string
  readonly name: string
}

export interface PresenceOptions {
  readonly state: Pick<State, 'publish' | 'subscribe'>
  readonly log: Log
  /** How often an instance tells the others who is with it, in ms. */
  readonly reportEveryMs: number
  /** After how long without a report an instance, and who was with it, counts as gone, in ms. */
  readonly expiresAfterMs: number
  /** Somebody came to a place or left it, on whatever instance. */
  readonly onChange: (place: string, user: PresentUser, isHere: boolean) => void
}

interface OwnUser {
  readonly user: PresentUser
  readonly connections: Set<string>
}

type Places = Map<string, Map<string, PresentUser>>

/** What instances tell one another. `all` holds everybody who is with an instance, and stands for its life. */
type Report =
  | { readonly from: string; readonly all: readonly (readonly [string, readonly PresentUser[]])[] }
  | { readonly from: string; readonly place: string; readonly user: PresentUser; readonly isHere: boolean }
  | { readonly from: string; readonly isNew: true }
  | { readonly from: string; readonly isGone: true }

const CHANNEL = 'presence'

/**
 * Who is where, over all instances. Each instance knows its own connections, and keeps what the others reported last.
 * An instance that crashes stops reporting, and its people expire: nobody stays as a ghost. Nothing is stored.
 */
export class Presence {
  readonly #options: PresenceOptions
  readonly #self = randomUUID()
  /** Place, user, and the connections by which the user is there. */
  readonly #own = new Map<string, Map<string, OwnUser>>()
  readonly #others = new Map<string, { readonly places: Places; expiresAt: number }>()
  #timer: NodeJS.Timeout | null = null
  #unsubscribe: Unsubscribe | null = null

  constructor(options: PresenceOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    this.#unsubscribe = await this.#options.state.subscribe(CHANNEL, (text) =>
      this.#hear(JSON.parse(text) as Report),
    )
    this.#timer = setInterval(() => {
      this.#expire()
      this.#reportAll()
    }, this.#options.reportEveryMs)
    // Whoever is there already says so.
    this.#tell({ from: this.#self, isNew: true })
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    await this.#send({ from: this.#self, isGone: true })
    await this.#unsubscribe?.()
    this.#unsubscribe = null
    this.#own.clear()
    this.#others.clear()
  }

  enter(place: string, user: PresentUser, connection: string): void {
    const users = this.#own.get(place) ?? new Map<string, OwnUser>()
    this.#own.set(place, users)
    const known = users.get(user.id)
    if (known !== undefined) return void known.connections.add(connection)
    this.#changing(place, user, () => users.set(user.id, { user, connections: new Set([connection]) }))
    this.#tell({ from: this.#self, place, user, isHere: true })
  }

  leave(place: string, userId: string, connection: string): void {
    const users = this.#own.get(place)
    const known = users?.get(userId)
    if (users === undefined || known === undefined) return
    known.connections.delete(connection)
    if (known.connections.size > 0) return
    this.#changing(place, known.user, () => {
      users.delete(userId)
      if (users.size === 0) this.#own.delete(place)
    })
    this.#tell({ from: this.#self, place, user: known.user, isHere: false })
  }

  /** Leaves all places of a connection. */
  leaveAll(userId: string, connection: string): void {
    for (const [place, users] of this.#own) {
      if (users.get(userId)?.connections.has(connection) === true) this.leave(place, userId, connection)
    }
  }

  /** Everybody who is at a place, each once, by name. */
  at(place: string): readonly PresentUser[] {
    const found = new Map<string, PresentUser>()
    for (const { user } of this.#own.get(place)?.values() ?? []) found.set(user.id, user)
    for (const { places } of this.#others.values()) {
      for (const user of places.get(place)?.values() ?? []) found.set(user.id, user)
    }
    return [...found.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1))
  }

  #isAt(place: string, userId: string): boolean {
    if (this.#own.get(place)?.has(userId) === true) return true
    return [...this.#others.values()].some(({ places }) => places.get(place)?.has(userId) === true)
  }

  /** Tells about the change if there is one: who is here by another connection neither comes nor leaves. */
  #changing(place: string, user: PresentUser, change: () => void): void {
    const before = this.#isAt(place, user.id)
    change()
    const after = this.#isAt(place, user.id)
    if (before !== after) this.#options.onChange(place, user, after)
  }

  #hear(report: Report): void {
    if (report.from === this.#self) return
    if ('isNew' in report) return this.#reportAll()
    if ('isGone' in report) return this.#forget(report.from)
    const other = this.#others.get(report.from) ?? { places: new Map(), expiresAt: 0 }
    this.#others.set(report.from, other)
    other.expiresAt = Date.now() + this.#options.expiresAfterMs
    if ('all' in report) return this.#replace(other.places, placesOf(report.all))
    const { place, user, isHere } = report
    this.#changing(place, user, () =>
      isHere ? put(other.places, place, user) : drop(other.places, place, user),
    )
  }

  #replace(known: Places, reported: Places): void {
    for (const [place, users] of known) {
      for (const user of users.values()) {
        if (reported.get(place)?.has(user.id) !== true)
          this.#changing(place, user, () => drop(known, place, user))
      }
    }
    for (const [place, users] of reported) {
      for (const user of users.values()) this.#changing(place, user, () => put(known, place, user))
    }
  }

  #forget(instance: string): void {
    const other = this.#others.get(instance)
    if (other === undefined) return
    this.#replace(other.places, new Map())
    this.#others.delete(instance)
  }

  #expire(): void {
    const now = Date.now()
    for (const [instance, { expiresAt }] of this.#others) if (expiresAt < now) this.#forget(instance)
  }

  #reportAll(): void {
    const all = [...this.#own].map(
      ([place, users]) => [place, [...users.values()].map(({ user }) => user)] as const,
    )
    this.#tell({ from: this.#self, all })
  }

  #tell(report: Report): void {
    void this.#send(report)
  }

  /** What is lost here, the next report makes good. */
  async #send(report: Report): Promise<void> {
    try {
      await this.#options.state.publish(CHANNEL, JSON.stringify(report))
    } catch (error) {
      this.#options.log.debug(`the others were not told who is here: ${String(error)}`)
    }
  }
}

function placesOf(all: readonly (readonly [string, readonly PresentUser[]])[]): Places {
  return new Map(all.map(([place, users]) => [place, new Map(users.map((user) => [user.id, user]))]))
}

function put(places: Places, place: string, user: PresentUser): void {
  const users = places.get(place) ?? new Map<string, PresentUser>()
  users.set(user.id, user)
  places.set(place, users)
}

function drop(places: Places, place: string, user: PresentUser): void {
  const users = places.get(place)
  users?.delete(user.id)
  if (users?.size === 0) places.delete(place)
}
