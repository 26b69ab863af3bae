import { twoInstances, twoInstancesAreMissing } from '../chat/instances.js'
import { describeNotifications } from './notifications-suite.js'

describeNotifications(
  'notifications on nozomi, on two instances with PostgreSQL and Redis',
  () => twoInstances({ framework: 'nozomi' }),
  await twoInstancesAreMissing(),
)
