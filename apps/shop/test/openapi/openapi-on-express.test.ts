import { describeOpenApi } from './openapi-suite.js'

describeOpenApi('express')
