import { pgliteStorage } from '../support/storages.js'
import { oneInstance } from './instances.js'
import { describeChat } from './suites/chat-suite.js'

const framework = 'express'

describeChat(`the chat on ${framework} with PGlite`, () => oneInstance({ framework, storage: pgliteStorage }))
describeChat(`the chat on ${framework} in memory`, () => oneInstance({ framework }))
