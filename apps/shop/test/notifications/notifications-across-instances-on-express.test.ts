import { twoInstances, twoInstancesAreMissing } from '../chat/instances.js'
import { describeNotifications } from './notifications-suite.js'

describeNotifications(
  'notifications on express, on two instances with PostgreSQL and Redis',
  () => twoInstances({ framework: 'express' }),
  await twoInstancesAreMissing(),
)
