import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createProduct, removeProduct } from '../products.js'
import type { TestShop } from '../../support/test-shop.js'

const ODD_NAMES = [
  '100% Wool_Sock',
  "O'Brien's Mug",
  'Say "Cheese" Board',
  String.raw`Back\slash Bowl`,
  'Crème Brûlée Café',
  'ﬁne Ｗide STRASSE Straße',
  '湯飲み茶碗 Cup',
  'Emoji 🍵🚄 Cup',
  '<script>alert(1)</script>',
  "'; DROP TABLE products; --",
]

export function describeSearch(shop: () => TestShop): void {
  const search = async (q: string): Promise<string[]> => {
    const { status, json, text } = await shop().ask(
      `/api/v1/products?${new URLSearchParams({ q, limit: '100' })}`,
    )
    assert.equal(status, 200, text)
    return json.items.map(({ name }: { name: string }) => name)
  }

  describe('a search', () => {
    it('finds all words, in any order, inside of words, in names, texts and SKUs', async () => {
      const found = await search('iron  TEAPOT plum')
      assert.equal(found.length, 3)
      assert.ok(found.every((name) => /teapot.*plum/i.test(name)))
      assert.deepEqual(await search('eapo 0103'), ['Nambu Cast-Iron Teapot, 0.6 l, plum'])
      assert.ok((await search('sand moulds')).length > 0, 'a text')
    })

    it('finds nothing when one word is nowhere', async () => {
      assert.deepEqual(await search('teapot xyzzy'), [])
    })

    it('finds everything when it is empty or only spaces', async () => {
      assert.equal((await search('')).length, 100)
      assert.equal((await search('   ')).length, 100)
    })

    it('takes odd characters as themselves', async () => {
      const ids: number[] = []
      for (const name of ODD_NAMES) ids.push((await createProduct(shop(), { name })).json.id)
      for (const name of ODD_NAMES) {
        const found = await search(name)
        assert.ok(found.includes(name), `${name} finds ${found.join(' | ')}`)
        assert.ok(found.length <= 2, `${name} finds ${found.join(' | ')}`)
      }
      for (const [q, name] of [
        ['creme brulee CAFE', ODD_NAMES[4]],
        ['CRÈME', ODD_NAMES[4]],
        ['fine wide strasse', ODD_NAMES[5]],
        ['茶碗', ODD_NAMES[6]],
        ['🚄', ODD_NAMES[7]],
        ['0% wool_s', ODD_NAMES[0]],
        [String.raw`k\s`, ODD_NAMES[3]],
      ] as const) {
        assert.deepEqual(await search(q), [name], q)
      }
      for (const id of ids) await removeProduct(shop(), id)
    })

    it('does not take % and _ for wildcards', async () => {
      assert.deepEqual(await search('te%ot'), [])
      assert.deepEqual(await search('te_pot'), [])
      assert.deepEqual(await search('%%%'), [])
      assert.deepEqual(await search('\\'), [])
    })
  })
}
