import { describeIdentity } from './describe-identity.js'
import { describeRegistration } from './suites/registration-suite.js'
import { describeUsers } from './suites/users-suite.js'

await describeIdentity('accounts', [describeRegistration, describeUsers], 'nozomi', {}, {})
