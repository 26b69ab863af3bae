import { describeShop } from '../support/describe-shop.js'
import { describeOrderLists } from './order-list-suite.js'

await describeShop('order lists', describeOrderLists, { framework: 'express', sampleData: false })
