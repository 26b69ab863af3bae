import { describeTwoInstances } from './suites/two-instances-suite.js'

await describeTwoInstances('express')
