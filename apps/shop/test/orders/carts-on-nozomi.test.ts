import { describeShop } from '../support/describe-shop.js'
import { describeCarts } from './cart-suite.js'

await describeShop('carts', describeCarts, { sampleData: false })
