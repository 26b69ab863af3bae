import { describeTutorial } from './tutorial-suite.js'

describeTutorial('express')
