import { describeBrokenStorage } from './suites/broken-storage-suite.js'

describeBrokenStorage('express')
