import { oneInstance } from './instances.js'
import { describeChat } from './suites/chat-suite.js'

describeChat('the chat on nozomi in memory', () => oneInstance())
