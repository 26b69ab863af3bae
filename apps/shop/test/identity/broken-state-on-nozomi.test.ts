import { describeBrokenState } from './suites/broken-state-suite.js'

await describeBrokenState('nozomi')
