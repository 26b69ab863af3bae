import { describeIdentity } from './describe-identity.js'
import { describeAccessTokens } from './suites/access-token-suite.js'
import { describeRefresh } from './suites/refresh-suite.js'

await describeIdentity('tokens', [describeAccessTokens, describeRefresh], 'express')
