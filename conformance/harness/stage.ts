import { AsyncLocalStorage } from 'node:async_hooks'
import { describe } from './describe.js'
import { firstLine } from './mask.js'
import type { ExpressFactory } from './subject.js'

/** What a scenario is given: the factory under test, and the means to record and to change things for its time. */
export interface Stage {
  express: ExpressFactory
  /** Records what a handler sees; compared like the answers. */
  note(label: string, value?: unknown): void
  /** The scenario isn't over before the returned function was called: for what happens after the answer. */
  pending(): () => void
  /** Sets a property of something that outlives the scenario, until the scenario is over. */
  patch<T extends object>(target: T, key: PropertyKey, value: unknown): void
  /** Runs when the scenario is over. */
  cleanup(undo: () => void): void
}

export interface DirectedStage extends Stage {
  readonly trace: readonly string[]
  settled(): Promise<void>
  perform<T>(act: () => Promise<T>): Promise<T>
  strike(): void
}

const pendingLimitMs = 10_000

/** Which stage a line in the error log belongs to: it may be written after its scenario is over. */
const onStage = new AsyncLocalStorage<DirectedStage>()

// What is written to the error log is behaviour as well: it's noted by its first line, and kept off the screen.
// Node writes the warnings of the process the same way; they are advice to developers, and not compared.
console.error = (value: unknown) => {
  if (typeof value === 'string' && value.startsWith('(node:')) return
  onStage.getStore()?.note(`console.error: ${typeof value === 'string' ? firstLine(value) : describe(value)}`)
}

/** @param env the value of NODE_ENV while the stage is up */
export function createStage(express: ExpressFactory, env: string | undefined): DirectedStage {
  const trace: string[] = []
  const undoing: (() => void)[] = []
  const awaited: Promise<void>[] = []
  const stage: DirectedStage = {
    express,
    trace,
    note: (label, ...values) =>
      void trace.push(values.length === 0 ? label : `${label} = ${describe(values[0])}`),
    cleanup: (undo) => void undoing.push(undo),
    patch: (target, key, value) => void undoing.push(replace(target, key, value)),
    pending() {
      let done = () => {}
      awaited.push(new Promise<void>((resolve) => (done = resolve)))
      return done
    },
    settled: () => withinLimit(Promise.all(awaited)),
    perform: (act) => onStage.run(stage, act),
    strike: () => undoing.toReversed().forEach((undo) => undo()),
  }
  setEnvironment(stage, env)
  return stage
}

/** Gives a property another value; the returned function restores it. */
function replace(target: object, key: PropertyKey, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, key)
  Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true })
  return () => {
    if (before) Object.defineProperty(target, key, before)
    else Reflect.deleteProperty(target, key)
  }
}

function setEnvironment(stage: Stage, env: string | undefined): void {
  const before = process.env['NODE_ENV']
  stage.cleanup(() => assignEnvironment(before))
  assignEnvironment(env)
}

function assignEnvironment(env: string | undefined): void {
  if (env === undefined) delete process.env['NODE_ENV']
  else process.env['NODE_ENV'] = env
}

/** A scenario that waits for something that does not happen is broken, or has found a hang. */
async function withinLimit(all: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((_, reject) => {
    timer = setTimeout(() => reject(new Error('what the scenario waits for did not happen')), pendingLimitMs)
  })
  await Promise.race([all, limit])
  clearTimeout(timer)
}
