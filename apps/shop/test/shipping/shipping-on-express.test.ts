import { describeShipping } from './shipping-suite.js'

describeShipping('express', 'HTTP')
