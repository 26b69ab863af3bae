import { redisIsMissing, redisState } from '../support/states.js'
import { memoryStorage, pgliteStorage, postgresIsMissing, postgresStorage } from '../support/storages.js'
import { describeFederation } from './suites/federation-suite.js'

const missing = (await postgresIsMissing()) || (await redisIsMissing())

describeFederation('nozomi', 'PGlite', pgliteStorage)
describeFederation('nozomi', 'the in-memory storage', memoryStorage)
describeFederation('nozomi', 'PostgreSQL and Redis', postgresStorage, redisState, missing)
