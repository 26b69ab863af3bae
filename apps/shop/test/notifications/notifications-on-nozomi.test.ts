import { oneInstance } from '../chat/instances.js'
import { pgliteStorage } from '../support/storages.js'
import { describeNotifications } from './notifications-suite.js'

const framework = 'nozomi'

describeNotifications(`notifications on ${framework} with PGlite`, () =>
  oneInstance({ framework, storage: pgliteStorage }),
)
describeNotifications(`notifications on ${framework} in memory`, () => oneInstance({ framework }))
