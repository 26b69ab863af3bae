import { describeFloor } from './floor-suite.js'
import { describeText } from './text-suite.js'

describeFloor('nozomi')
describeText('nozomi')
