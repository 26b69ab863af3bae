import { after, before, describe } from 'node:test'
import { memoryStorage, pgliteStorage, postgresIsMissing, postgresStorage } from './storages.js'
import { type TestShop, type TestShopOptions, testShop } from './test-shop.js'

/**
 * Runs a suite on a shop, on each storage: on nozomi those three, on Express, whose file is another one, PGlite. The
 * suite is given a function, since there is a shop only while its tests run.
 */
export async function describeShop(
  name: string,
  suite: (shop: () => TestShop) => void,
  options: Omit<TestShopOptions, 'storage'> = {},
): Promise<void> {
  const { framework = 'nozomi' } = options
  const storages = [{ title: 'PGlite', create: pgliteStorage, skip: false as string | false }]
  if (framework === 'nozomi') {
    storages.push(
      { title: 'PostgreSQL', create: postgresStorage, skip: await postgresIsMissing() },
      { title: 'the in-memory storage', create: memoryStorage, skip: false },
    )
  }
  for (const { title, create, skip } of storages) {
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
