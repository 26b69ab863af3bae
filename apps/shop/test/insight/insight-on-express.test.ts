import { describeInsight } from './insight-suite.js'

describeInsight('express')
