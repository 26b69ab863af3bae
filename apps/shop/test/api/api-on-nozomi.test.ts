import { describeShop } from '../support/describe-shop.js'
import { describeAssets } from './assets-suite.js'
import { describeExports } from './export-suite.js'
import { describeNotations } from './notations-suite.js'
import { describeVersions } from './versions-suite.js'

await describeShop('the API', (shop) => {
  describeVersions(shop)
  describeNotations(shop)
  describeExports(shop)
  describeAssets(shop)
})
