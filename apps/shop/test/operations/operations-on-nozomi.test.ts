import { describeOperations } from './operations-suite.js'

describeOperations('nozomi')
