import { asFunction, asValue } from 'awilix'
import type { PlatformCradle } from '../../platform/cradle.js'
import { createSequencedChannel, type SequencedChannel } from '../../platform/realtime/sequenced-channel.js'
import type { CatalogueService } from '../catalogue/services/catalogue-service.js'
import type { ShopModule } from '../module.js'
import { StockConsumer } from './consumers/stock-consumer.js'
import { LIVE_LIMITS, LiveConnections, type LiveLimits } from './http/live-connections.js'
import { LiveStockController } from './http/live-stock-controller.js'
import { createLiveStockRoutes } from './http/live-stock-routes.js'
import { LiveStockWorker } from './live-stock-worker.js'
import { StockFeed } from './services/stock-feed.js'
import { StockLevels } from './services/stock-levels.js'

export interface LiveStockCradle {
  readonly liveStockLimits: LiveLimits
  readonly stockChannel: SequencedChannel
  readonly stockFeed: StockFeed
  readonly stockLevels: StockLevels
  readonly liveConnections: LiveConnections
}

export interface LiveStockNeeds {
  readonly catalogue: CatalogueService
}

type Cradle = PlatformCradle & LiveStockCradle & LiveStockNeeds

/** Stocks as they change, in the browser: by server-sent events, or by long polling. */
export const liveStockModule: ShopModule<LiveStockCradle, LiveStockNeeds> = {
  name: 'live-stock',

  register: () => ({
    liveStockLimits: asValue(LIVE_LIMITS),
    stockChannel: asFunction(({ state }: Cradle) => createSequencedChannel(state, 'live-stock')).singleton(),
    stockFeed: asFunction(
      ({ stockChannel: channel, log, liveStockLimits: { kept } }: Cradle) =>
        new StockFeed({ channel, log, kept }),
    ).singleton(),
    stockLevels: asFunction(({ catalogue }: Cradle) => new StockLevels(catalogue)).singleton(),
    liveConnections: asFunction(
      ({ stockFeed, liveStockLimits, log }: Cradle) => new LiveConnections(stockFeed, liveStockLimits, log),
    ).singleton(),
  }),

  api: ({ stockFeed: feed, stockLevels: levels, liveConnections: connections, log }) => [
    {
      path: '/live-stock',
      versions: ['v1', 'v2'],
      router: createLiveStockRoutes(new LiveStockController({ feed, levels, connections, log })),
    },
  ],

  workers: ({ events, stockChannel, stockFeed, stockLevels, liveConnections, log }) => [
    new LiveStockWorker(
      stockFeed,
      new StockConsumer(events, stockChannel, stockLevels, log),
      liveConnections,
    ),
  ],
}
