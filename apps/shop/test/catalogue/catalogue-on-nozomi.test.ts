import { describeShop } from '../support/describe-shop.js'
import { describeCatalogue } from './suites/catalogue-suite.js'

await describeShop('the catalogue', describeCatalogue)
