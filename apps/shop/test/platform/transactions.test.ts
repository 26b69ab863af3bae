import { memoryStorage, pgliteStorage, postgresIsMissing, postgresStorage } from '../support/storages.js'
import { describeConflicts, describeDeadlock, describeTransactions } from './transactions-suite.js'

const skip = await postgresIsMissing()

describeTransactions('transactions in memory', memoryStorage)
describeTransactions('transactions on PGlite', pgliteStorage)
describeTransactions('transactions on PostgreSQL', postgresStorage, skip)
describeDeadlock('transactions on PostgreSQL', postgresStorage, skip)
describeConflicts('transactions in memory', memoryStorage)
describeConflicts('transactions on PostgreSQL', postgresStorage, skip)
