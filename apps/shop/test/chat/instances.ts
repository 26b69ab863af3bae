import type { AnyModule } from '#shop/modules/module.js'
import { CHAT_LIMITS, type ChatLimits } from '#shop/modules/chat/limits.js'
import { postgresIsMissing, postgresStorage, memoryStorage, type TestStorage } from '../support/storages.js'
import { memoryState, redisIsMissing, redisState, type TestState } from '../support/states.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { closeClients } from './chat-client.js'
import { People } from './people.js'

/** The same chat at two addresses; with one instance, both are the same. */
export interface Instances {
  readonly one: TestShop
  readonly other: TestShop
  readonly people: People
  stop(): Promise<void>
}

export interface InstancesOptions {
  readonly framework?: Framework
  /** Of one instance; default: in memory. */
  readonly storage?: () => TestStorage
  readonly limits?: Partial<ChatLimits>
  readonly replaced?: Readonly<Record<string, unknown>>
  /** Beside all that the shop has. */
  readonly modules?: readonly AnyModule[]
}

/** Times that a test can wait for. */
export const QUICK_LIMITS: ChatLimits = {
  ...CHAT_LIMITS,
  sockets: { ...CHAT_LIMITS.sockets, freshForMs: 0, checkEveryMs: 200, renewWithinMs: 300 },
  messages: { messages: 1000, windowMs: 10_000 },
  presence: { reportEveryMs: 50, expiresAfterMs: 200 },
}

/** One instance, with its state in memory. */
export async function oneInstance(options: InstancesOptions = {}): Promise<Instances> {
  const people = new People()
  const one = await start(options, people, (options.storage ?? memoryStorage)(), memoryState())
  const stop = async (): Promise<void> => {
    closeClients()
    await one.stop()
  }
  return { one, other: one, people, stop }
}

/** Two instances on one PostgreSQL and one Redis. */
export async function twoInstances(options: InstancesOptions = {}): Promise<Instances> {
  const people = new People()
  const [storage, state] = [postgresStorage(), redisState()]
  const one = await start(options, people, kept(storage), kept(state))
  const other = await start(options, people, kept(storage), kept(state))
  const stop = async (): Promise<void> => {
    closeClients()
    await one.stop()
    await other.stop()
    await state.remove()
    await storage.remove()
  }
  return { one, other, people, stop }
}

/** Why two instances can't be had; false when they can. */
export async function twoInstancesAreMissing(): Promise<string | false> {
  return (await postgresIsMissing()) || (await redisIsMissing())
}

async function start(
  { framework = 'nozomi', limits = {}, replaced = {}, modules = [] }: InstancesOptions,
  authenticator: People,
  storage: TestStorage,
  state: TestState,
): Promise<TestShop> {
  const chatLimits = { ...QUICK_LIMITS, ...limits }
  // Before the modules are loaded, which load it.
  process.env.FRAMEWORK = framework
  const { MODULES } = await import('#shop/start/modules.js')
  return testShop({
    framework,
    storage,
    state,
    modules: [...MODULES, ...modules],
    replaced: { authenticator, chatLimits, ...replaced },
  })
}

/** It is not removed with the first shop that stops. */
function kept<T extends TestStorage | TestState>(shared: T): T {
  return { ...shared, remove: async () => {} }
}
