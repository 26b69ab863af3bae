import { describeMessageRate } from './message-rate-suite.js'

await describeMessageRate('nozomi')
