import { twoInstances, twoInstancesAreMissing } from './instances.js'
import { describeChat } from './suites/chat-suite.js'

describeChat(
  'the chat on nozomi, on two instances with PostgreSQL and Redis',
  () => twoInstances({ framework: 'nozomi' }),
  await twoInstancesAreMissing(),
)
