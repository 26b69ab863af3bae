import { describeFloor } from './floor-suite.js'

describeFloor('nozomi')
