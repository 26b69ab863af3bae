import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../usage-error.js'
import type { Application } from './application.js'
import { exportedApplication } from './exported-application.js'
import { HeldServers } from './held-servers.js'
import { watchFrameworks } from './watch-frameworks.js'

/** How long a module that waits for its server to listen is waited for, once its server was told to. */
const SETTLE_MS = 2000
/** When it is told that a module takes long to load. */
const NOTE_MS = 3000
/** How long a module that exports no application has to let one listen. */
const LISTEN_MS = 10_000

/**
 * Loads a file, and gives the application that it exports, or that it lets listen. No server opens its port.
 *
 * @param file CommonJS, an ES module, or TypeScript as far as this node strips types
 * @throws UsageError when there is no such file, it can't be loaded, or gives no application.
 */
export async function loadApplication(file: string): Promise<Application> {
  const path = resolve(file)
  if (!existsSync(path)) throw new UsageError(`there is no file ${path}`)
  if (!statSync(path).isFile()) throw new UsageError(`${path} is no file: give the file of the application`)
  const held = HeldServers.hold()
  watchFrameworks(path)
  const module = await loaded(path, held)
  const app = (module && (await exportedApplication(module))) ?? (await listeningApplication(held))
  if (app) return app
  throw new UsageError(
    `${path} gives no application: export it (export default app, or module.exports = app), or as the default a function that makes it${exportsOf(module)}`,
  )
}

/** The names of what is exported instead. */
function exportsOf(module: object | null): string {
  const names = Object.keys(module ?? {}).filter((name) => name !== 'default' && name !== 'module.exports')
  return names.length === 0 ? '' : `; what it exports is ${names.slice(0, 5).join(', ')}`
}

/** What the module exports; null when it does not come to its end, because it waits for what does not happen here. */
async function loaded(path: string, held: HeldServers): Promise<object | null> {
  const ended = new AbortController()
  const { signal } = ended
  const stuck = held.waitForApplication(signal).then(() => setTimeout(SETTLE_MS, null, { signal }))
  const loading = importModule(path)
  const note = setTimeout(NOTE_MS, null, { signal, ref: false })
  note
    .then(() => process.stderr.write(`still loading ${path}: something in it is waited for\n`))
    .catch(() => undefined)
  try {
    return await Promise.race([loading, stuck, emptyLoop()])
  } finally {
    ended.abort()
    stuck.catch(() => undefined)
    loading.catch(() => undefined)
  }
}

async function importModule(path: string): Promise<object> {
  try {
    return (await import(pathToFileURL(path).href)) as object
  } catch (error) {
    throw new UsageError(reasonOf(path, error), { cause: error })
  }
}

function reasonOf(path: string, error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts$/u.test(path)) {
    return `node ${process.version} reads no TypeScript: give the compiled file, or use node 22.18 or newer`
  }
  return `${path} can't be loaded: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

/** The application of a server that was told to listen, now or after some more has happened. */
async function listeningApplication(held: HeldServers): Promise<Application | null> {
  const ended = new AbortController()
  const { signal } = ended
  const limit = setTimeout(LISTEN_MS, null, { signal, ref: false })
  const waiting = held.waitForApplication(signal)
  try {
    await Promise.race([waiting, limit, emptyLoop()])
  } finally {
    ended.abort()
    for (const promise of [waiting, limit]) promise.catch(() => undefined)
  }
  return held.application
}

/** Resolves when nothing is left that could happen. */
async function emptyLoop(): Promise<null> {
  return await new Promise((done) => {
    process.once('beforeExit', () => done(null))
  })
}
