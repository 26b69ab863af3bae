import type { RawFields, SideAnswer, SideName, TrafficRequest } from '../../types/shadow.js'
import { unpackedBody } from '../compare/decoded-body.js'
import { type AnswerWatcher, ask, type Asked, type OutgoingRequest } from '../exchange/ask.js'
import { CookieJar } from '../state/cookie-jar.js'
import { ValueMap, type ValueSource } from '../state/value-map.js'
import { type Ready, type SidePlan, SideProcess } from './side-process.js'

/** How long a process may take to end after it broke off an answer. */
const ENDING_MS = 500

/** One side: its process, and what it gave to the clients. */
export class Side {
  readonly #plan: SidePlan
  readonly #timeoutMs: number
  readonly #mapsValues: boolean
  #process: SideProcess
  #jar = new CookieJar()
  #values = new ValueMap()

  constructor(plan: SidePlan, timeoutMs: number, mapsValues: boolean) {
    this.#plan = plan
    this.#timeoutMs = timeoutMs
    this.#mapsValues = mapsValues
    this.#process = new SideProcess(plan)
  }

  get name(): SideName {
    return this.#plan.name
  }

  get ready(): Ready {
    if (this.#process.ready === null) throw new Error('The side was not started.')
    return this.#process.ready
  }

  start(): Promise<Ready> {
    return this.#process.start()
  }

  stop(): Promise<void> {
    return this.#process.stop()
  }

  /** A new process, that knows nobody. */
  async restart(): Promise<void> {
    await this.#process.stop()
    this.#process = new SideProcess(this.#plan)
    this.#jar = new CookieJar()
    this.#values = new ValueMap()
    await this.#process.start()
  }

  /** How its process ended, with the last line that it printed; null while it runs. */
  get ending(): string | null {
    const { ending, output } = this.#process
    if (ending === null) return null
    const line = output.split('\n').find((one) => /^(?:[\w.]*Error\b|.*\bError: )/.test(one))
    return `the process ${ending}${line === undefined ? '' : `: ${line.trim()}`}`
  }

  async ask(request: TrafficRequest): Promise<SideAnswer> {
    const { complete } = await this.begin(request, null, null)
    return complete()
  }

  /** For whom the answer counts first, and what the application saw of it can wait: `complete()` gives that too. */
  async begin(
    request: TrafficRequest,
    watcher: AnswerWatcher | null,
    left: AbortSignal | null,
  ): Promise<{ answer: Asked['answer']; complete: () => Promise<SideAnswer> }> {
    const { ready } = this
    const { answer, clientPort } = await ask(ready, this.#translate(request), this.#timeoutMs, watcher, left)
    const complete = async () => {
      if (answer.fate === 'no answer' || answer.fate === 'broken') await this.#process.endsWithin(ENDING_MS)
      const events = clientPort === null ? null : await this.#process.eventsOf(clientPort)
      return { ...answer, events }
    }
    return { answer, complete }
  }

  /** @param seen what the client of the traffic was answered; null when nobody knows */
  learn(request: TrafficRequest, own: SideAnswer, seen: ValueSource | null): void {
    this.#jar.learn(request.client, own.fields, seen?.fields ?? null)
    if (this.#mapsValues && seen) this.#values.learn(seen, sourceOf(own))
  }

  #translate(request: TrafficRequest): OutgoingRequest {
    const { fields, client, cookies } = request
    const withCookies = this.#jar.apply(client, fields, cookies === 'jar')
    if (this.#values.isEmpty) return { ...request, fields: withCookies }
    const translated = withCookies.map(([name, value]): [string, string] => [
      name,
      /^(?:cookie|host|content-length)$/i.test(name) ? value : this.#values.apply(value),
    ])
    return {
      ...request,
      url: this.#values.apply(request.url),
      fields: translated,
      body: this.#bodyOf(request),
    }
  }

  #bodyOf({ body, fields }: TrafficRequest): Buffer | null {
    if (body === null || !isText(fields)) return body
    const text = body.toString('utf8')
    const translated = this.#values.apply(text)
    return translated === text ? body : Buffer.from(translated)
  }
}

export function sourceOf(answer: SideAnswer): ValueSource {
  return { fields: answer.fields, body: unpackedBody(answer) }
}

function isText(fields: RawFields): boolean {
  const type = fields.find(([name]) => /^content-type$/i.test(name))?.[1] ?? ''
  return /json|urlencoded|^text\/|xml/i.test(type)
}
