import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import {
  DEFAULT_LIMIT,
  LIST_PARAMETERS,
  MAX_LIMIT,
  MAX_SKIPPED,
} from '#shop/modules/catalogue/http/input/product-list-query.js'
import { sampleCatalogue } from '#shop/modules/catalogue/seed/sample-catalogue.js'
import { VARIABLES } from '#shop/start/configuration.js'

// The formatter pads the cells of tables.
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ')

/** The names in the first column of the table whose head begins with a word. */
function namesIn(head: string): string[] {
  const table = README.split(`| ${head} |`)[1]?.split('\n\n')[0] ?? ''
  return [...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''),
  )
}

describe('the README', () => {
  it('has each variable of the configuration, and no other', () => {
    assert.deepEqual(namesIn('variable').toSorted(), VARIABLES.toSorted())
  })

  it('has each parameter of a list, and no other', () => {
    assert.deepEqual(namesIn('parameter').toSorted(), LIST_PARAMETERS.toSorted())
  })

  it('says what is so of both frameworks: each suite has a file for each', () => {
    const folder = new URL('../test/', import.meta.url)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.test.ts'),
    )
    const onNozomi = files.filter((name) => name.endsWith('-on-nozomi.test.ts'))
    assert.ok(onNozomi.length > 30)
    for (const name of onNozomi)
      assert.ok(existsSync(new URL(name.replace('-on-nozomi', '-on-express'), folder)), name)
    // All others start no shop, which would be on Nozomi alone; but what `npm start` does is on Nozomi, and shown there.
    const isOfBoth = (name: string): boolean =>
      !/-on-(nozomi|express)\.test\.ts$/.test(name) && name !== 'start/bare-checkout.test.ts'
    for (const name of files.filter(isOfBoth))
      assert.doesNotMatch(
        readFileSync(new URL(name, folder), 'utf8'),
        /\b(testShop|oneInstance|twoInstances|ShopProcess)\(/,
        name,
      )
  })

  it('has the right numbers', () => {
    assert.ok(README.includes(`a catalogue of ${sampleCatalogue().products.length} products`))
    assert.ok(README.includes(`| \`limit\` | 1 to ${MAX_LIMIT} | ${DEFAULT_LIMIT} |`))
    assert.ok(README.includes(`at most ${MAX_SKIPPED.toLocaleString('en')} products can be skipped`))
  })
})
