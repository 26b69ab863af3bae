import { describeIdentity } from './describe-identity.js'
import { describeGuards, GUARD_VARIABLES } from './suites/guard-suite.js'

await describeIdentity('the guards', [describeGuards], 'express', GUARD_VARIABLES)
