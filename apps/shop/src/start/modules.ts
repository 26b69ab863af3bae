import type { Draining } from '../http/draining.js'
import type { ShopInsight } from '../http/insight/shop-insight.js'
import type { Authenticator } from '../http/principal.js'
import { accountsModule } from '../modules/accounts/module.js'
import { catalogueModule } from '../modules/catalogue/module.js'
import { chatModule } from '../modules/chat/module.js'
import { graphqlModule } from '../modules/graphql/module.js'
import { identityModule } from '../modules/identity/module.js'
import { liveStockModule } from '../modules/live-stock/module.js'
import { imagesModule } from '../modules/images/module.js'
import { messagingModule } from '../modules/messaging/module.js'
import type { AnyModule, ShopModule } from '../modules/module.js'
import { notificationsModule } from '../modules/notifications/module.js'
import { operationsModule } from '../modules/operations/module.js'
import { ordersModule } from '../modules/orders/module.js'
import { shippingModule } from '../modules/shipping/module.js'
import { stockModule } from '../modules/stock/module.js'
import type { PlatformCradle } from '../platform/cradle.js'
import type { HealthCheck } from '../platform/health/health-check.js'
import type { Configuration } from './configuration.js'

/** The modules of the shop. The order is that of their middleware, and of starting their workers. */
const ALL = [
  // The first: it watches and compresses what all others do.
  operationsModule,
  identityModule,
  catalogueModule,
  imagesModule,
  graphqlModule,
  stockModule,
  ordersModule,
  // After the orders: it puts its carrier over theirs.
  shippingModule,
  accountsModule,
  liveStockModule,
  chatModule,
  notificationsModule,
  // The last: events are relayed when all consumers are there, and no more when the first one leaves.
  messagingModule,
] as const

export const MODULES: readonly AnyModule[] = ALL

type OwnOf<M> = M extends ShopModule<infer Own, infer _Needs> ? Own : never

type Intersection<U> = (U extends unknown ? (member: U) => void : never) extends (all: infer I) => void
  ? I
  : never

/** What the root of the container has beside the platform's names and those of the modules. */
export interface RootCradle extends PlatformCradle {
  readonly configuration: Configuration
  readonly authenticator: Authenticator
  readonly draining: Draining
  readonly insight: ShopInsight
  /** Those of the platform and of all modules. */
  readonly healthChecks: readonly HealthCheck[]
}

/** All names of the container. */
export type Cradle = RootCradle & Intersection<OwnOf<(typeof ALL)[number]>>

type NeedsOf<M> = M extends { readonly types?: { readonly needs: infer Needs } } ? Needs : never

/** The names of the modules whose needs nobody meets. */
type Unmet<M> = M extends { readonly name: string } ? (Cradle extends NeedsOf<M> ? never : M) : never

// Does not compile when a module needs a name that no other registers, or one of another type.
const allNeedsAreMet: [Unmet<(typeof ALL)[number]>] extends [never] ? true : Unmet<(typeof ALL)[number]> =
  true
void allNeedsAreMet
