import { describeShipping } from './shipping-suite.js'

describeShipping('express', 'HTTP')
describeShipping('express', 'gRPC')
