import { describeProduction } from './production-suite.js'

describeProduction('express')
