import { describeCatchingUp } from './catching-up-suite.js'

describeCatchingUp('express')
