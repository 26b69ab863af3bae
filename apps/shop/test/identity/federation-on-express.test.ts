import { redisIsMissing, redisState } from '../support/states.js'
import { memoryStorage, postgresIsMissing, postgresStorage } from '../support/storages.js'
import { describeFederation } from './suites/federation-suite.js'

const missing = (await postgresIsMissing()) || (await redisIsMissing())

describeFederation('express', 'the in-memory storage', memoryStorage)
describeFederation('express', 'PostgreSQL and Redis', postgresStorage, redisState, missing)
