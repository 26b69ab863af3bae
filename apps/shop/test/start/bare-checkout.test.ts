import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ShopProcess } from '../support/shop-process.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/*
 * `npm start` where nothing is installed and nothing built. All is real but npm, which would need the network and half
 * a minute: that it installs what the lockfile names is seen wherever `npm test` runs in a fresh clone.
 */

/** The root of the repository: this file runs as `apps/shop/build/start/bare-checkout.test.js`. */
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const NPM = fileURLToPath(new URL('../support/npm-stand-in.js', import.meta.url))

/** Longer than building, making the database and starting take on a busy machine. */
const LIMIT_MS = 240_000

/** What a commit of everything would hold, by its paths from the root; null where git can't tell. */
function filesOfCheckout(): string[] | null {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) return null
  return stdout.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)))
}

const files = filesOfCheckout()

describe('npm start in a bare checkout', {
  skip: files === null && 'this is no clone, or there is no git',
}, () => {
  it('installs, builds and answers; the next time it only starts', async (t) => {
    const folder = temporaryFolder()
    t.after(() => folder.remove())
    const checkout = join(folder.path, 'checkout')
    for (const path of files ?? []) cpSync(join(ROOT, path), join(checkout, path))
    const program = join(checkout, 'scripts/start.mjs')
    const variables = { npm_execpath: NPM, CHECKOUT: ROOT, DATA_DIR: join(folder.path, 'data') }

    /** Starts, asks and stops; gives what was said and how long it took until it listened. */
    const visit = async () => {
      const start = performance.now()
      const shop = new ShopProcess(variables, false, { program, limitMs: LIMIT_MS })
      const ask = await shop.ready()
      const seconds = (performance.now() - start) / 1000
      assert.equal((await ask('/')).status, 200)
      const { status, json } = await ask('/api/v1/products')
      assert.equal(status, 200)
      assert.ok(json.items.length > 0)
      assert.equal(await shop.stop(), 0)
      return { seconds, output: shop.output }
    }

    const first = await visit()
    assert.match(first.output, /installing packages[^]*was told: install --no-save[^]*building/)
    const second = await visit()
    assert.doesNotMatch(second.output, /installing|was told|building/)
    t.diagnostic(
      `listening after ${first.seconds.toFixed(1)} s, the next time ${second.seconds.toFixed(1)} s`,
    )
  })
})
