import { after, before, describe } from 'node:test'
import { storagesOfTests } from './storages.js'
import { type TestShop, type TestShopOptions, testShop } from './test-shop.js'

/**
 * Runs a suite on a shop, on each storage, on nozomi or, in another file, on Express. The suite is given a function, since
 * there is a shop only while its tests run.
 */
export async function describeShop(
  name: string,
  suite: (shop: () => TestShop) => void,
  options: Omit<TestShopOptions, 'storage'> = {},
): Promise<void> {
  const { framework = 'nozomi' } = options
  for (const { title, create, skip } of await storagesOfTests(framework)) {
    describe(`${name} on ${framework} with ${title}`, { skip }, () => {
      let shop: TestShop

      before(async () => {
        shop = await testShop({ ...options, storage: create() })
      })

      after(() => shop?.stop())

      suite(() => shop)
    })
  }
}
