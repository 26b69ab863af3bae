import { describeShipping } from './shipping-suite.js'

describeShipping('nozomi', 'HTTP')
describeShipping('nozomi', 'gRPC')
