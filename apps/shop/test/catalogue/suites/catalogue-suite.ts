import { signedIn } from '../../support/signed-in.js'
import type { TestShop } from '../../support/test-shop.js'
import { describeListing } from './listing-suite.js'
import { describePage } from './page-suite.js'
import { describeRefusals } from './refusal-suite.js'
import { describeSearch } from './search-suite.js'
import { describeWriting } from './writing-suite.js'

/** All that the catalogue and its page do over HTTP. */
export function describeCatalogue(shop: () => TestShop): void {
  describeListing(shop)
  describeSearch(shop)
  const staff = () => signedIn(shop(), { permissions: ['catalogue:write'] })
  describeWriting(staff)
  describeRefusals(staff)
  describePage(shop)
}
