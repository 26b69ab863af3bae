import { describeIdentity } from './describe-identity.js'
import { describeSignIn } from './suites/sign-in-suite.js'

await describeIdentity('guessing', [describeSignIn], 'express')
