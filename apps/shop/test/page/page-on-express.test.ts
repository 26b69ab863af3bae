import { describePage } from './page-suite.js'

describePage('express')
