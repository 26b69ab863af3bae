import { describe } from 'node:test'
import { memoryState, redisIsMissing, redisState } from '../support/states.js'
import { stateCacheSuite } from './state-cache-suite.js'

describe('the cache in memory', () => stateCacheSuite(memoryState))

describe('the cache in Redis', { skip: await redisIsMissing() }, () => stateCacheSuite(redisState))
