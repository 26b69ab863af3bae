import { describeShop } from '../support/describe-shop.js'
import { describeAccounts } from './account-suite.js'

await describeShop('accounts', describeAccounts, { framework: 'express', sampleData: false })
