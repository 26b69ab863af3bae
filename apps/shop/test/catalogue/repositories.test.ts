import { memoryStorage, pgliteStorage, postgresIsMissing, postgresStorage } from '../support/storages.js'
import { describeRepositories } from './suites/repository-suite.js'

describeRepositories('the repositories in memory', memoryStorage)
describeRepositories('the repositories on PGlite', pgliteStorage)
describeRepositories('the repositories on PostgreSQL', postgresStorage, await postgresIsMissing())
