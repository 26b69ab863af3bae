import { describeShop } from '../support/describe-shop.js'
import { describeOrders } from './order-suite.js'

await describeShop('orders', describeOrders, { sampleData: false })
