import { oneInstance } from './instances.js'
import { describeChat } from './suites/chat-suite.js'

const framework = 'express'

describeChat(`the chat on ${framework} in memory`, () => oneInstance({ framework }))
