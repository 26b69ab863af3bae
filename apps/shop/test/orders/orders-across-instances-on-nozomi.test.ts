import { describeAcrossInstances } from './across-instances-suite.js'

await describeAcrossInstances('nozomi')
