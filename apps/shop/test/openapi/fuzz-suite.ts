import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { formatFuzzReport, fuzz } from '@nozomi/schema/fuzz'
import { ADMIN, tokenOf } from '../identity/people.js'
import { memoryStorage } from '../support/storages.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'

/** Of the inputs; the same one each time, so that a run that fails fails again. */
const SEED = 20_261_122

/** Sends what nobody thought of: inputs made of the document, the right ones and those with something wrong. */
export function describeFuzz(framework: Framework): void {
  describe(`the shop on ${framework}, fuzzed by its OpenAPI document`, () => {
    const folder = temporaryFolder()
    let shop: TestShop

    before(async () => {
      const variables = { IMAGES_DIR: folder.path, RATE_LIMIT: '1000000' }
      shop = await testShop({ storage: memoryStorage(), framework, authenticator: 'real', variables })
    })

    after(async () => {
      await shop?.stop()
      folder.remove()
    })

    it('breaks nowhere, and answers nothing that the document does not describe', async () => {
      const report = await fuzz({
        target: `${shop.address}/api`,
        seed: SEED,
        runs: 3,
        maxTimeMs: 60_000,
        headers: { Authorization: `Bearer ${await tokenOf(shop, ADMIN)}` },
        // They would end the token by which all others are asked.
        exclude: ['*logout*', '*session*', '*refresh*'],
      })
      const wrong = report.findings.filter(({ severity }) => severity !== 'advice')
      assert.deepEqual(wrong, [], formatFuzzReport({ ...report, findings: wrong }))
      assert.ok(report.requests > 1500, `only ${report.requests} requests were sent`)
      assert.ok(report.operations.length > 100, `only ${report.operations.length} operations were asked`)
      assert.deepEqual(shop.log.errors, [])
    })
  })
}
