import { describeTls } from './tls-suite.js'

describeTls('nozomi')
