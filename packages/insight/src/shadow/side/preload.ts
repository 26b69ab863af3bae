import { realpathSync } from 'node:fs'
import Module from 'node:module'
import type { AddressInfo, Server } from 'node:net'
import { Server as SecureServer } from 'node:tls'
import { pathToFileURL } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { findExport, serveExport } from './exported-application.js'
import { giveFreePorts, type Listening } from './free-ports.js'
import { installResolution } from './install-resolution.js'
import { watchResponses } from './response-events.js'
import { readRoutes, watchMounts } from './route-paths.js'
import {
  CONFIGURATION_VARIABLE,
  PROCESS_VARIABLE,
  type SideConfiguration,
  type SideMessage,
} from './side-messages.js'

/*
 * Loaded before the application (`node --require preload.js app.js`), which then runs as the main module of the process:
 * what it asks about that (`require.main === module`) is answered as ever.
 */

/** How long a file that exports an application may take until it listens by itself. */
const GRACE_MS = 300

interface Side {
  readonly configuration: SideConfiguration
  readonly say: (message: SideMessage) => void
  readonly mounts: ReturnType<typeof watchMounts> | null
  hasAsked: boolean
  isReady: boolean
  exported: unknown
}

function start(configuration: SideConfiguration): void {
  const side: Side = {
    configuration,
    say: takeChannel(),
    mounts: configuration.readsRoutes ? watchMounts(require(configuration.chosen.requireEntry)) : null,
    hasAsked: false,
    isReady: false,
    exported: null,
  }
  giveFreePorts(
    () => {
      side.hasAsked = true
    },
    (listening) => onListening(side, listening),
  )
  watchResponses((port, events) => side.say({ shadow: 'events', port, events }))
  setImmediate(() => void followMain(side))
}

/** The channel is ours: an application that finds `process.send` would take us for its process manager. */
function takeChannel(): Side['say'] {
  const send = process.send?.bind(process)
  process.send = undefined as never
  process.once('disconnect', () => process.exit())
  process.channel?.unref()
  return (message) => {
    if (process.connected) send?.(message, () => {})
  }
}

function onListening(side: Side, { server, asked }: Listening): void {
  const { port } = side.configuration
  if (side.isReady || (port !== null && port !== asked)) return
  side.isReady = true
  side.say({
    shadow: 'ready',
    port: (server.address() as AddressInfo).port,
    asked,
    secure: server instanceof SecureServer,
    routes: side.mounts ? routesOf(server, side) : [],
  })
}

function routesOf(server: Server, side: Side) {
  const mounts = side.mounts ?? new WeakMap()
  const candidates = [side.exported, ...server.listeners('request')]
  return candidates.map((one) => readRoutes(one, mounts)).find((routes) => routes.length > 0) ?? []
}

/** Waits until the main module is loaded, and serves what it exports unless it has listened. */
async function followMain(side: Side): Promise<void> {
  const exports = await loadedMain().catch(() => null)
  const found = findExport(exports)
  side.exported = found
  if (side.hasAsked) return
  if (found === null) {
    process.once('beforeExit', () => {
      if (!side.hasAsked)
        side.say({ shadow: 'failed', reason: 'it does not listen, and exports no application' })
    })
    return
  }
  await new Promise<void>((resolve) => {
    process.once('beforeExit', () => resolve())
    setTimeout(resolve, GRACE_MS)
  })
  if (side.hasAsked) return
  const served = await serveExport(found, () => side.hasAsked)
  if (served === null) side.say({ shadow: 'failed', reason: 'what it exports is no application' })
  else side.exported = served
}

/** What the main module exports. An ES module is imported once more, which gives the same one when it is done. */
async function loadedMain(): Promise<unknown> {
  const path = realpathSync(process.argv[1] ?? '')
  const cached = (Module as unknown as { _cache: Record<string, NodeModule | undefined> })._cache[path]
  return cached ? cached.exports : import(pathToFileURL(path).href)
}

const text = process.env[CONFIGURATION_VARIABLE]
if (text !== undefined && isMainThread) {
  const configuration = JSON.parse(text) as SideConfiguration
  installResolution(configuration)
  process.env[PROCESS_VARIABLE] ??= String(process.pid)
  if (process.env[PROCESS_VARIABLE] === String(process.pid)) start(configuration)
}
