import { describeIdentity } from './describe-identity.js'
import { describeSessions } from './suites/session-suite.js'

await describeIdentity('sessions', [describeSessions], 'express')
