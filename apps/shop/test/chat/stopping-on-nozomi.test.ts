import { describeStopping } from './stopping-suite.js'

describeStopping('nozomi')
