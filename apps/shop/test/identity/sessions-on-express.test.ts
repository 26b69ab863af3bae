import { describeIdentity } from './describe-identity.js'
import { describeProviders } from './suites/provider-suite.js'
import { describeSessions } from './suites/session-suite.js'

await describeIdentity('sessions', [describeSessions, describeProviders], 'express')
