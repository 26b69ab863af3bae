import { memoryStorage, pgliteStorage, postgresIsMissing, postgresStorage } from '../support/storages.js'
import { describeChatRepositories } from './repository-suite.js'

describeChatRepositories('the repositories of chat and notifications in memory', memoryStorage)
describeChatRepositories('the repositories of chat and notifications on PGlite', pgliteStorage)
describeChatRepositories(
  'the repositories of chat and notifications on PostgreSQL',
  postgresStorage,
  await postgresIsMissing(),
)
