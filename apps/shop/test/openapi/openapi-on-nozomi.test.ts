import { describeAnswers } from './answers-suite.js'
import { describeOpenApi } from './openapi-suite.js'

describeOpenApi('nozomi')
describeAnswers('nozomi')
