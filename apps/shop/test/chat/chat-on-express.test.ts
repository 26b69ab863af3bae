import { oneInstance } from './instances.js'
import { describeChat } from './suites/chat-suite.js'

describeChat('the chat on express in memory', () => oneInstance({ framework: 'express' }))
