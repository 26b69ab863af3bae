import { describeFloor } from './floor-suite.js'
import { describeText } from './text-suite.js'

describeFloor('express')
describeText('express')
