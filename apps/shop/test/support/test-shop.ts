import type { AnyModule } from '#shop/modules/module.js'
import type { Cradle } from '#shop/start/modules.js'
import { type Client, clientOf } from './client.js'
import { SilentLog } from './silent-log.js'
import { memoryState, type TestState } from './states.js'
import { pgliteStorage, type TestStorage } from './storages.js'
import { TestAuthenticator } from './test-authenticator.js'
import { TestDirectory } from './test-directory.js'

export type Framework = 'nozomi' | 'express'

export interface TestShopOptions {
  /** Default: all. */
  readonly modules?: readonly AnyModule[]
  /** Default: PGlite in memory. Removed when the shop stops. */
  readonly storage?: TestStorage
  /** Default: in memory. Removed when the shop stops. */
  readonly state?: TestState
  /** Default: nozomi. One for a process: a test file is of one framework. */
  readonly framework?: Framework
  /** Whether the catalogue has the sample products; default true. */
  readonly sampleData?: boolean
  /** Environment variables; the port, the storage and the state are set in any case. */
  readonly variables?: Readonly<Record<string, string>>
  /** Values by their names in the container, in place of what the modules register. */
  readonly replaced?: Readonly<Record<string, unknown>>
  /** `test`, the default: who asks is what `asPrincipal` (test-authenticator.ts) says. `real`: the shop's own. Then
   * users are those that the shop has, and else whoever a test names. */
  readonly authenticator?: 'test' | 'real'
}

/** A shop that listens on a free port, and a client for it. */
export interface TestShop {
  readonly address: string
  readonly log: SilentLog
  /** The names of its container. */
  readonly cradle: Cradle
  readonly ask: Client
  stop(): Promise<void>
}

export async function testShop(options: TestShopOptions = {}): Promise<TestShop> {
  const { storage = pgliteStorage(), state = memoryState(), variables = {}, sampleData = true } = options
  const { startShop } = await importShop(options.framework ?? 'nozomi')
  const { readConfiguration } = await import('#shop/start/configuration.js')
  const configuration = {
    ...readConfiguration({
      SAMPLE_DATA: sampleData ? 'on' : 'off',
      RATE_LIMIT: 'off',
      STOP_GRACE_MS: '0',
      INSIGHT: 'off',
      ...variables,
    }),
    server: { host: '127.0.0.1', port: 0 },
    storage: storage.choice,
    state: state.choice,
  }
  const authenticator =
    options.authenticator === 'real'
      ? {}
      : { authenticator: new TestAuthenticator(), userDirectory: new TestDirectory() }
  const log = new SilentLog()
  const shop = await startShop(configuration, log, {
    ...(options.modules && { modules: options.modules }),
    replaced: { ...authenticator, ...options.replaced },
  })
  return {
    address: shop.address,
    log,
    cradle: shop.cradle,
    ask: clientOf(shop.address),
    stop: async () => {
      await shop.stop()
      await state.remove()
      await storage.remove()
    },
  }
}

/** The framework is read when it is first loaded: it is set before that. */
async function importShop(framework: Framework): Promise<typeof import('#shop/start/start-shop.js')> {
  process.env.FRAMEWORK = framework
  const { frameworkName } = await import('#shop/http/framework.js')
  if (!frameworkName.startsWith(framework)) {
    throw new Error(
      `this process has loaded ${frameworkName} already; put the tests on ${framework} into another file`,
    )
  }
  return import('#shop/start/start-shop.js')
}
