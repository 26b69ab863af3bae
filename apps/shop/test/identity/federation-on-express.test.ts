import { pgliteStorage } from '../support/storages.js'
import { describeFederation } from './suites/federation-suite.js'

describeFederation('express', 'PGlite', pgliteStorage)
