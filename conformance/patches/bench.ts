import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Answer } from '../harness/answer.js'
import { bytesOf } from '../harness/exchange.js'
import type { ExpressFactory } from '../harness/subject.js'
import { buildApplication, type Patched } from './application.js'
import { type Asked, battery } from './battery.js'
import { Line } from './line.js'
import { type Member, patch, type Witness } from './patching.js'
import type { Place } from './places.js'

/** How often each member was called, for each request by its index in the battery. */
export type Calls = Map<PropertyKey, Map<number, number>>

/** The field by which a request says which one of the battery it is. */
const NUMBER = 'X-Number'

/** More often than any look-up waits before it takes its fast way. */
const WARM_UPS = 5

const requests = battery.map(({ request }, index) => {
  const fields = { ...(request.fields as Record<string, string> | undefined), [NUMBER]: String(index) }
  return { bytes: bytesOf({ ...request, fields }), method: request.method ?? 'GET' }
})

/** One factory's application, served and warm, to be patched and asked. */
export class Bench {
  readonly #express: ExpressFactory
  readonly #patched: Patched
  readonly #server: Server
  readonly #line: Line
  /** The request that came in last; for what is called without one. */
  #latest: number | undefined
  readonly #onStart: (message: unknown) => void

  static async open(express: ExpressFactory, warmUps = WARM_UPS): Promise<Bench> {
    const patched = buildApplication(express)
    const server = patched.app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const bench = new Bench(express, patched, server)
    for (let i = 0; i < warmUps; i++) await bench.ask(battery.keys())
    return bench
  }

  private constructor(express: ExpressFactory, patched: Patched, server: Server) {
    this.#express = express
    this.#patched = patched
    this.#server = server
    this.#line = new Line((server.address() as AddressInfo).port)
    this.#onStart = (message) => {
      const start = message as { server: Server; request: IncomingMessage }
      if (start.server === server) this.#latest = numberOf(start.request)
    }
    subscribe('http.server.request.start', this.#onStart)
  }

  async close(): Promise<void> {
    unsubscribe('http.server.request.start', this.#onStart)
    this.#line.close()
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  membersOf(place: Place): Member[] {
    return place.members(this.#express, this.#patched)
  }

  /** Sends requests of the battery, and waits until nothing is left to do for them. */
  async ask(numbers: Iterable<number>): Promise<Map<number, string>> {
    const answers = new Map<number, string>()
    for (const number of numbers) {
      const { bytes, method } = requests[number] as (typeof requests)[number]
      answers.set(number, describe(await this.#line.ask(bytes, method)))
    }
    for (let i = 0; i < 4; i++) await nextTurn()
    return answers
  }

  /** Patches members at a place, sends requests, and takes the patches back. */
  async watch(
    place: Place,
    members: readonly Member[],
    numbers: Iterable<number>,
  ): Promise<{ calls: Calls; answers: Map<number, string>; absent: PropertyKey[] }> {
    const calls: Calls = new Map()
    const absent = new Set<PropertyKey>()
    const undo: (() => void)[] = []
    const put = (target: object) => {
      for (const member of members) {
        const back = patch(target, member, this.#witness(calls, member.name))
        if (back) undo.push(back)
        else absent.add(member.name)
      }
    }
    const targets = place.targets(this.#express, this.#patched)
    if (targets === 'each') {
      this.#patched.onEntry = (req, res) => put(place.kind === 'request' ? req : res)
    } else targets.forEach(put)
    try {
      const answers = await this.ask(numbers)
      return { calls, answers, absent: [...absent] }
    } finally {
      this.#patched.onEntry = null
      if (targets !== 'each') undo.toReversed().forEach((back) => back())
    }
  }

  #witness(calls: Calls, name: PropertyKey): Witness {
    return (self, args) => {
      const number = numberAmong(self, args) ?? this.#latest
      if (number === undefined) return
      let counts = calls.get(name)
      if (!counts) calls.set(name, (counts = new Map()))
      counts.set(number, (counts.get(number) ?? 0) + 1)
    }
  }
}

/** Which request a call belongs to: the message it was made on, or one that it was handed. */
function numberAmong(self: unknown, args: readonly unknown[]): number | undefined {
  for (const one of [self, ...args]) {
    if (typeof one !== 'object' || one === null) continue
    const number = numberOf(one) ?? numberOf(Object.getOwnPropertyDescriptor(one, 'req')?.value)
    if (number !== undefined) return number
  }
  return undefined
}

function numberOf(message: unknown): number | undefined {
  const fields: unknown =
    typeof message === 'object' && message !== null
      ? Object.getOwnPropertyDescriptor(message, 'rawHeaders')?.value
      : undefined
  if (!Array.isArray(fields)) return undefined
  const at = fields.lastIndexOf(NUMBER)
  return at === -1 ? undefined : Number(fields[at + 1])
}

/** An answer as far as it does not change from one time to the next. */
function describe(answer: Answer | null): string {
  if (answer === null) return 'none'
  const fields = answer.fields.filter(([name]) => name !== 'Date').map(([name, value]) => `${name}: ${value}`)
  const body = answer.body.toString('latin1')
  if (body.includes('<br>'))
    return [`${answer.status} ${answer.reason}`, body.replace(/<br>[^]*/, '')].join('\n')
  return [`${answer.status} ${answer.reason}`, ...fields, '', body]
    .join('\n')
    .replaceAll(/Expires=.*/g, 'Expires=')
}

export function labelOf(number: number): string {
  return (battery[number] as Asked).label
}
