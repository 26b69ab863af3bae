import { describeAnswers } from './answers-suite.js'
import { describeOpenApi } from './openapi-suite.js'
import { describePageTypes } from './page-types-suite.js'

describeOpenApi('express')
describeAnswers('express')
describePageTypes('express')
