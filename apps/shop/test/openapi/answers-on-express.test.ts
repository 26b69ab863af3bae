import { describeAnswers } from './answers-suite.js'

describeAnswers('express')
