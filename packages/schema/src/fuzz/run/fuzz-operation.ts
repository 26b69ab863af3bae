import * as fc from 'fast-check'
import type { ApiDescription } from '../../drift/api-description.js'
import { decodeText } from '../../drift/check-request.js'
import { type DescribedOperation, nameOfOperation } from '../../drift/document.js'
import type { SeenResponse } from '../../drift/exchange.js'
import { UnusableSchema } from '../../drift/schema-checks.js'
import { Unsatisfiable } from '../arbitraries/unsatisfiable.js'
import type { ValueSource } from '../arbitraries/value-source.js'
import { MUTATIONS, mutantArbitrary } from '../mutations/mutant-arbitrary.js'
import type { Mutant, Mutation } from '../mutations/mutation.js'
import type { FuzzFinding, FuzzedOperation } from '../report/fuzz-report.js'
import type { FuzzInput, WireRequest } from '../requests/fuzz-input.js'
import { inputArbitrary } from '../requests/input-arbitrary.js'
import { writeRequest } from '../requests/wire-request.js'
import { formatCurl } from '../report/curl.js'
import type { Outcome } from './ask.js'
import type { Budget } from './budget.js'
import { explore, type Found, type Trial } from './explore.js'
import { type Intent, judge, SEVERITY_OF, type Verdict } from './judge.js'
import type { KnownIds } from './known-ids.js'
import { seedOf } from './seed.js'

/** Inputs that are looked at to see which mutations an operation has places for. */
const PROBES = 20
/** Characters of an answer that a finding shows. */
const SHOWN_ANSWER = 200
/** Each hang costs the whole time that an answer has. */
const SHRINKS_OF_HANGS = 2

/** What all operations of a run share. */
export interface FuzzRun {
  readonly api: ApiDescription
  /** Whether the target runs in this process. */
  readonly isOwn: boolean
  readonly source: ValueSource
  readonly seed: number
  readonly runs: number
  readonly maxShrinks: number
  readonly refusals: boolean
  readonly ownHeaders: readonly (readonly [string, string])[]
  readonly budget: Budget
  readonly ids: KnownIds
  /** What commands of curl are written for. */
  readonly shownBase: string
  ask(wire: WireRequest): Promise<Outcome | { readonly kind: 'crash'; readonly message: string }>
}

interface Sent {
  readonly wire: WireRequest
  readonly intent: Intent
  readonly answer: SeenResponse | null
}

/** Fuzzes one operation: first with what the document allows, then with one mutation after the other. */
export class OperationFuzz {
  readonly #run: FuzzRun
  readonly #operation: DescribedOperation
  readonly #known = new Set<string>()
  readonly #statuses: Record<string, number> = {}
  readonly #notes: string[] = []
  #requests = 0
  #hangs = 0

  constructor(run: FuzzRun, operation: DescribedOperation) {
    this.#run = run
    this.#operation = operation
  }

  get name(): string {
    return nameOfOperation(this.#operation)
  }

  get summary(): FuzzedOperation {
    return { operation: this.name, requests: this.#requests, statuses: { ...this.#statuses } }
  }

  get notes(): readonly string[] {
    return [...this.#notes, ...this.#notesOfStatuses()]
  }

  async findings(): Promise<FuzzFinding[]> {
    const { api, source, seed, runs, isOwn } = this.#run
    try {
      const inputs = inputArbitrary(api, source, this.#operation)
      const samples = fc.sample(inputs, { numRuns: PROBES, seed: seedOf(seed, this.name) })
      const found = await this.#explore(inputs, null, runs)
      const mutations = this.#applicable(samples)
      const share = Math.max(1, Math.ceil(runs / Math.max(1, mutations.length)))
      for (const mutation of mutations) {
        const mutants = mutantArbitrary(api, this.#operation, inputs, mutation, isOwn)
        found.push(...(await this.#explore(mutants, mutation, share)))
      }
      return await this.#reported(found)
    } catch (error) {
      if (!(error instanceof Unsatisfiable) && !(error instanceof UnusableSchema)) throw error
      this.#notes.push(`${this.name}: no input could be made: ${error.message}`)
      return []
    }
  }

  #applicable(samples: readonly FuzzInput[]): Mutation[] {
    const { api } = this.#run
    return MUTATIONS.filter((mutation) =>
      samples.some((input) => mutation.mutants({ api, operation: this.#operation, input }).length > 0),
    )
  }

  async #explore(
    inputs: fc.Arbitrary<FuzzInput> | fc.Arbitrary<Mutant>,
    mutation: Mutation | null,
    runs: number,
  ): Promise<Found<Sent>[]> {
    const { found, obstacle } = await explore<FuzzInput | Mutant, Sent>({
      inputs,
      runs,
      seed: seedOf(this.#run.seed, this.name, mutation?.kind ?? 'allowed'),
      maxShrinks: this.#run.maxShrinks,
      known: this.#known,
      attempt: (made) => this.#attempt(made, mutation),
    })
    // Where a mutation has few places, that none was found says nothing.
    if (obstacle !== null && mutation === null)
      this.#notes.push(`${this.name}: not all inputs were made: ${obstacle}`)
    return [...found]
  }

  async #attempt(made: FuzzInput | Mutant, mutation: Mutation | null): Promise<Trial<Sent> | null> {
    const { api, ids, ownHeaders } = this.#run
    const [input, place] = 'input' in made ? [made.input, made.place] : [made, null]
    const filled = ids.applied(api, this.#operation, input)
    const wire = writeRequest(api, this.#operation, filled, ownHeaders)
    if (this.#hangs > SHRINKS_OF_HANGS || !this.#run.budget.take()) return null
    return await this.#send(wire, { mutation, place })
  }

  async #send(wire: WireRequest, intent: Intent): Promise<Trial<Sent>> {
    const { api, ids, refusals } = this.#run
    const outcome = await this.#run.ask(wire)
    this.#requests++
    const answer = outcome.kind === 'answer' ? outcome.answer : null
    const name = answer ? String(answer.status) : outcome.kind
    this.#statuses[name] = (this.#statuses[name] ?? 0) + 1
    if (outcome.kind === 'timeout') this.#hangs++
    if (answer) ids.learn(this.#operation, answer)
    const verdicts = judge(api, this.#operation, intent, outcome)
    const wanted = refusals ? verdicts : verdicts.filter(({ kind }) => kind !== 'accepted-invalid')
    return { sent: { wire, intent, answer }, verdicts: wanted }
  }

  /** Each is sent once more, to see whether it depends on what was before. */
  async #reported(found: readonly Found<Sent>[]): Promise<FuzzFinding[]> {
    const findings: FuzzFinding[] = []
    for (const { verdict, sent } of found) {
      const canRepeat = verdict.kind !== 'hang' && this.#run.budget.take()
      const again = canRepeat ? await this.#send(sent.wire, sent.intent) : null
      const isReproducible = again === null || again.verdicts.some(({ key }) => key === verdict.key)
      findings.push(this.#finding(verdict, sent, isReproducible))
    }
    return findings
  }

  #finding(verdict: Verdict, { wire, intent, answer }: Sent, isReproducible: boolean): FuzzFinding {
    const own = new Set(this.#run.ownHeaders.map(([name]) => name))
    const { kind, message, status, drift } = verdict
    return {
      kind,
      severity: SEVERITY_OF[kind],
      operation: this.name,
      message,
      status,
      mutation: intent.mutation?.kind ?? null,
      place: intent.place,
      drift,
      request: { ...wire, headers: wire.headers.filter(([name]) => !own.has(name)) },
      answer: shownAnswer(answer),
      curl: formatCurl(wire, this.#run.shownBase, own),
      isReproducible,
    }
  }

  #notesOfStatuses(): string[] {
    const statuses = Object.keys(this.#statuses)
    const isAll = (...wanted: string[]): boolean =>
      statuses.length > 0 && statuses.every((one) => wanted.includes(one))
    if (isAll('401', '403'))
      return [`${this.name}: nothing but ${statuses.join(' and ')}: give credentials (headers)`]
    if (isAll('404', '400') && statuses.includes('404')) {
      return [`${this.name}: nothing but ${statuses.join(' and ')}: no input reached what it asks for`]
    }
    return isAll('405') ? [`${this.name}: nothing but 405: the target does not have it`] : []
  }
}

function shownAnswer(answer: SeenResponse | null): string | null {
  const text = answer?.body ? decodeText(answer.body) : null
  if (text === null) return null
  const line = text.replace(/\s+/gu, ' ').trim()
  return line.length > SHOWN_ANSWER ? `${line.slice(0, SHOWN_ANSWER)}…` : line
}
