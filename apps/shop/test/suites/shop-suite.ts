import { after, before, describe } from 'node:test'
import type { TestStorage } from '../support/storages.js'
import { startTestShop, type TestShop } from '../support/test-shop.js'
import { describeListing } from './listing-suite.js'
import { describePage } from './page-suite.js'
import { describeRefusals } from './refusal-suite.js'
import { describeSearch } from './search-suite.js'
import { describeWriting } from './writing-suite.js'

/** All that the shop does over HTTP, on one storage. The framework is the one that FRAMEWORK names. */
export function describeShop(
  name: string,
  createStorage: () => TestStorage,
  skip: string | false = false,
): void {
  describe(name, { skip }, () => {
    let storage: TestStorage
    let shop: TestShop

    before(async () => {
      storage = createStorage()
      shop = await startTestShop(storage.choice)
    })

    after(async () => {
      await shop?.stop()
      await storage?.remove()
    })

    describeListing(() => shop)
    describeSearch(() => shop)
    describeWriting(() => shop)
    describeRefusals(() => shop)
    describePage(() => shop)
  })
}
