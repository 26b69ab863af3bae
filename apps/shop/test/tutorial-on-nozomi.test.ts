import { describeTutorial } from './tutorial-suite.js'

describeTutorial('nozomi')
