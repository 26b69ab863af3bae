import { describeShippingOfOrders } from './shipping-suite.js'

describeShippingOfOrders('express')
