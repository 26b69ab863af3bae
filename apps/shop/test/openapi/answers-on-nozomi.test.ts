import { describeAnswers } from './answers-suite.js'

describeAnswers('nozomi')
