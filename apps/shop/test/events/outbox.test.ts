import { memoryStorage, pgliteStorage, postgresIsMissing, postgresStorage } from '../support/storages.js'
import { describeOutbox, describeTwoRelays } from './outbox-suite.js'

const skip = await postgresIsMissing()

describeOutbox('the outbox in memory', memoryStorage)
describeOutbox('the outbox on PGlite', pgliteStorage)
describeOutbox('the outbox on PostgreSQL', postgresStorage, skip)
describeTwoRelays('the outbox on PostgreSQL', postgresStorage, skip)
