import { describeShop } from '../support/describe-shop.js'
import { describeOrders } from './order-suite.js'

await describeShop('orders', describeOrders, { framework: 'express', sampleData: false })
