import { pgliteStorage } from './support/storages.js'

process.env.FRAMEWORK = 'express'
const { describeShop } = await import('./suites/shop-suite.js')

describeShop('the shop on stock Express 5 with PGlite', pgliteStorage)
