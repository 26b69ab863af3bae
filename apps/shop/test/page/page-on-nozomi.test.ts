import { describePage } from './page-suite.js'

describePage('nozomi')
