import { describeShop } from '../support/describe-shop.js'
import { describeStock } from './stock-suite.js'

await describeShop('the stock', describeStock, { sampleData: false })
