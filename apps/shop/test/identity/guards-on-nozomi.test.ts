import { describeIdentity } from './describe-identity.js'
import { describeGuards, GUARD_VARIABLES } from './suites/guard-suite.js'

await describeIdentity('the guards', [describeGuards], 'nozomi', GUARD_VARIABLES)
