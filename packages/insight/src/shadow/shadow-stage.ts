import type {
  DifferenceKind,
  Point,
  ShadowReport,
  SideAnswer,
  SideName,
  TrafficRequest,
} from '../types/shadow.js'
import { isDerived } from './compare/compare-fields.js'
import { compileIgnored, Noise } from './compare/ignored-points.js'
import { type Answers, compareTrial, type Comparison } from './compare/trial.js'
import { UnsendableError } from './exchange/ask.js'
import { findFramework } from './frameworks/find-frameworks.js'
import { ReportBuilder } from './report/report-builder.js'
import type { ResolvedOptions } from './shadow-options.js'
import type { FrameworkFiles } from './side/side-messages.js'
import { Side, sourceOf } from './side/sides.js'
import { isSafe } from './traffic/safe-methods.js'

/** How often a safe request that shows a difference is repeated, to see whether Express gives the same each time. */
const REPEATS = 2
/** Ended processes are started anew so often. */
const MAX_RESTARTS = 10

/** Where two runs of Express differ in these, they did different things. */
const DECISIVE: ReadonlySet<DifferenceKind> = new Set(['status', 'connection', 'process'])

const SHARED =
  'Each request was sent to every side. What they share (a database, a queue, a mail server) was written to more than once: ' +
  'give each side its own with --express-env, --nozomi-env and --control-env.'

/** The application on all sides, and what was found so far. */
export class ShadowStage {
  readonly report: ReportBuilder
  readonly #options: ResolvedOptions
  readonly #frameworks: { express: FrameworkFiles; nozomi: FrameworkFiles }
  readonly #sides: readonly Side[]
  readonly #isIgnored: (point: Point) => boolean
  readonly #noise = new Noise()
  #restarts = 0
  /** Why nothing more is sent, if so. */
  #brokenOff: string | null = null

  /** @throws FrameworkError */
  constructor(options: ResolvedOptions, readsRoutes: boolean) {
    this.#options = options
    this.report = new ReportBuilder(options.allow)
    this.#isIgnored = compileIgnored(options.ignore)
    const { application, cwd } = options
    this.#frameworks = {
      express: findFramework('express', application, cwd, options.express),
      nozomi: findFramework('nozomi', application, cwd, options.nozomi),
    }
    if (!this.#frameworks.express.version.startsWith('5.')) {
      this.report.warn(`Express is ${this.#frameworks.express.version}; Nozomi answers as Express 5 does.`)
    }
    const names: SideName[] = options.control ? ['express', 'nozomi', 'control'] : ['express', 'nozomi']
    this.#sides = names.map((name) => this.#createSide(name, readsRoutes))
  }

  /** @throws ShadowStartError when the application does not start on one side */
  async start(): Promise<void> {
    const started = await Promise.allSettled(this.#sides.map((side) => side.start()))
    const failed = started.find((one) => one.status === 'rejected')
    if (failed === undefined) return
    await this.stop()
    throw failed.reason
  }

  async stop(): Promise<void> {
    await Promise.all(this.#sides.map((side) => side.stop()))
  }

  side(name: SideName): Side {
    const found = this.#sides.find((side) => side.name === name)
    if (!found) throw new Error(`There is no side ${name}.`)
    return found
  }

  /** Sends a request to all sides, one after the other, and notes in what they differ. */
  async run(request: TrafficRequest): Promise<void> {
    const reason = request.unsendable ?? this.#brokenOff
    if (reason !== null) return this.report.skipped(request, reason)
    try {
      const answers = await this.#askAll(request, {})
      const comparison = compareTrial(answers, this.#endings())
      const noise = await this.#repeat(request, comparison)
      const points = await this.#settleHead(request, comparison.points, noise)
      this.note(request, answers, { points, noise })
    } catch (error) {
      if (!(error instanceof UnsendableError)) throw error
      this.report.skipped(request, `HTTP can not say it: ${error.message}`)
    }
    await this.reviveAll()
  }

  /** For a request that one side has answered already: asks the others. */
  async runOthers(request: TrafficRequest, given: Partial<Record<SideName, SideAnswer>>): Promise<void> {
    if (this.#brokenOff !== null) return this.report.skipped(request, this.#brokenOff)
    const answers = await this.#askAll(request, given)
    this.note(request, answers, compareTrial(answers, this.#endings()))
  }

  note(request: TrafficRequest, answers: Answers, { points, noise }: Comparison): void {
    const unsteady = noise.find((point) => DECISIVE.has(point.what) && !this.#isIgnored(point))
    if (unsteady) return this.report.unsteady(request, unsteady)
    const wanted = points.filter((point) => !this.#isIgnored(point))
    const { kept, dropped } = this.#noise.without(request.url, wanted, noise)
    this.report.compared(request, answers, kept, dropped)
  }

  hasEnded(): boolean {
    return this.#sides.some(({ ending }) => ending !== null)
  }

  /** Starts all sides anew when one has ended: what they know must be the same. */
  async reviveAll(): Promise<void> {
    if (!this.hasEnded()) return
    if (++this.#restarts > MAX_RESTARTS) {
      this.#brokenOff = `processes ended ${MAX_RESTARTS} times before`
      this.report.breakOff(`A process ended again, and the run with it: ${Object.values(this.#endings())[0]}`)
      return
    }
    this.report.warn(
      'A process ended. All sides were then started anew, so that sessions and what they kept in memory are gone.',
    )
    await Promise.all(this.#sides.map((side) => side.restart()))
  }

  /** @param hasWritten whether requests were sent that may change something */
  finish(hasWritten: boolean): ShadowReport {
    if (hasWritten) this.report.warn(SHARED)
    const { express, nozomi } = this.#frameworks
    return this.report.finish({
      application: this.#options.application,
      express: { version: express.version, folder: express.folder },
      nozomi: { version: nozomi.version, folder: nozomi.folder },
    })
  }

  /**
   * Express, then Nozomi, then Express again: what grows with the time differs more between the outer two than between the
   * first two, and so is found to be noise.
   */
  async #askAll(request: TrafficRequest, given: Partial<Record<SideName, SideAnswer>>): Promise<Answers> {
    const answers = { ...given }
    const [first] = Object.values(given)
    for (const side of this.#sides) answers[side.name] ??= await side.ask(request)
    const seen = request.answer ?? (first ? sourceOf(first) : null)
    for (const side of this.#sides) side.learn(request, answers[side.name] as SideAnswer, seen)
    const { express, nozomi, control } = answers as Record<SideName, SideAnswer | undefined>
    return { express: express as SideAnswer, nozomi: nozomi as SideAnswer, control: control ?? null }
  }

  /** Chance may have hidden in the first round what differs by itself: more rounds show more of it. */
  async #repeat(request: TrafficRequest, { points, noise }: Comparison): Promise<readonly Point[]> {
    const { kept } = this.#noise.without(
      request.url,
      points.filter((point) => !this.#isIgnored(point)),
      noise,
    )
    const isRepeatable = isSafe(request.method) && request.abort === null && this.#options.control
    if (kept.length === 0 || !isRepeatable || Object.keys(this.#endings()).length > 0) return noise
    const found = [...noise]
    for (let round = 0; round < REPEATS; round++) {
      const answers = await this.#askAll(request, {})
      found.push(...compareTrial(answers, {}).noise)
    }
    return found
  }

  /** The length that a HEAD tells is that of a body which is not there: a GET tells whether the bodies are equal. */
  async #settleHead(
    request: TrafficRequest,
    points: readonly Point[],
    noise: readonly Point[],
  ): Promise<readonly Point[]> {
    const { kept } = this.#noise.without(request.url, points, noise)
    if (request.method !== 'HEAD' || !kept.some(isDerived)) return points
    const comparison = compareTrial(await this.#askAll({ ...request, method: 'GET' }, {}), {})
    const { kept: found } = this.#noise.without(request.url, comparison.points, comparison.noise)
    return found.length === 0 ? points.filter((point) => !isDerived(point)) : points
  }

  #endings(): Partial<Record<SideName, string>> {
    return Object.fromEntries(
      this.#sides.flatMap((side) => (side.ending === null ? [] : [[side.name, side.ending]])),
    )
  }

  #createSide(name: SideName, readsRoutes: boolean): Side {
    const { application, args, execArgv, cwd, env, sideEnv, startTimeoutMs, timeoutMs, mapIds, port } =
      this.#options
    const { express, nozomi } = this.#frameworks
    const [chosen, other] = name === 'nozomi' ? [nozomi, express] : [express, nozomi]
    return new Side(
      {
        name,
        application,
        args,
        execArgv,
        cwd,
        env: { ...env, NOZOMI_SHADOW: name, ...sideEnv[name] },
        configuration: { application, chosen, other, port, readsRoutes: readsRoutes && name === 'nozomi' },
        startTimeoutMs,
      },
      timeoutMs,
      mapIds,
    )
  }
}
