import { describeFuzz } from './fuzz-suite.js'

describeFuzz('express')
