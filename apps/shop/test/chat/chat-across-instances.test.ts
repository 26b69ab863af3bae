import { twoInstances, twoInstancesAreMissing } from './instances.js'
import { describeChat } from './suites/chat-suite.js'

describeChat(
  'the chat on two instances with PostgreSQL and Redis',
  () => twoInstances(),
  await twoInstancesAreMissing(),
)
