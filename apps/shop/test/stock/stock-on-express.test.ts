import { describeShop } from '../support/describe-shop.js'
import { describeStock } from './stock-suite.js'

await describeShop('the stock', describeStock, { framework: 'express', sampleData: false })
