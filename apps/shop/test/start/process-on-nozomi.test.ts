import { describeProcess } from './process-suite.js'

describeProcess('nozomi')
