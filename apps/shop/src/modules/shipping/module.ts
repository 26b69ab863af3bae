import { asFunction } from 'awilix'
import { createShippingClient, ResilientShippingClient } from '#shipping/client/index.js'
import { currentContext } from '../../http/request-context.js'
import type { PlatformCradle } from '../../platform/cradle.js'
import type { Configured, ShopModule } from '../module.js'
import type { Shipping } from '../orders/services/shipping.js'
import { FlatRateShipping } from '../orders/shipping/flat-rate-shipping.js'
import { observeClient } from './client/observe-client.js'
import { RemoteShipping } from './client/remote-shipping.js'
import type { ShippingConfiguration } from './configuration.js'

export interface ShippingCradle {
  /** Null when no service is configured. */
  readonly shippingClient: ResilientShippingClient | null
  /** Over that of the orders. */
  readonly shipping: Shipping
}

type Needs = Configured<{ readonly shipping: ShippingConfiguration }>

type Cradle = PlatformCradle & ShippingCradle & Needs

/** The service in services/shipping as the carrier of the orders, when there is one. */
export const shippingModule: ShopModule<ShippingCradle, Needs> = {
  name: 'shipping',

  register: () => ({
    shippingClient: asFunction(({ configuration: { shipping }, metrics, log }: Cradle) => {
      if (shipping.address === null) return null
      const observe = observeClient(metrics.registry, log)
      return new ResilientShippingClient(createShippingClient(shipping.address), {
        limitMs: shipping.limitMs,
        observe,
      })
    })
      .singleton()
      .disposer((client: ResilientShippingClient | null) => client?.close()),
    shipping: asFunction(({ shippingClient }: Cradle) =>
      shippingClient === null
        ? new FlatRateShipping()
        : new RemoteShipping(shippingClient, () => currentContext()?.requestId),
    ).singleton(),
  }),

  healthChecks: ({ shippingClient: client }) =>
    client === null
      ? []
      : [
          {
            name: 'shipping',
            // Orders wait until it is back.
            isNeeded: false,
            check: async () => {
              if (client.breakerState !== 'closed')
                throw new Error(`its circuit breaker is ${client.breakerState}`)
            },
          },
        ],
}
