import { oneInstance } from '../chat/instances.js'
import { describeNotifications } from './notifications-suite.js'

const framework = 'express'

describeNotifications(`notifications on ${framework} in memory`, () => oneInstance({ framework }))
