import { oneInstance } from '../chat/instances.js'
import { compressingModule } from './compressing.js'
import { describeLiveStock } from './live-stock-suite.js'
import { QUICK_LIVE_LIMITS } from './quick-limits.js'

const options = {
  framework: 'express',
  replaced: { liveStockLimits: QUICK_LIVE_LIMITS },
  modules: [compressingModule],
} as const

describeLiveStock('live stock on express in memory', () => oneInstance(options))
