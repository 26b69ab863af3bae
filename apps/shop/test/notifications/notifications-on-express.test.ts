import { oneInstance } from '../chat/instances.js'
import { describeNotifications } from './notifications-suite.js'

describeNotifications('notifications on express in memory', () => oneInstance({ framework: 'express' }))
