import { memoryStorage, pgliteStorage, postgresIsMissing, postgresStorage } from './support/storages.js'

process.env.FRAMEWORK = 'nozomi'
const { describeShop } = await import('./suites/shop-suite.js')

describeShop('the shop on nozomi with PGlite', pgliteStorage)
describeShop('the shop on nozomi with PostgreSQL', postgresStorage, await postgresIsMissing())
describeShop('the shop on nozomi in memory', memoryStorage)
