import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { OpenApiDocument, OperationObject } from '#dist/index.js'
import { browserIsMissing, TestBrowser } from './support/browser.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { createLibrary } from './support/library.mjs'
import { serving } from '../support/serving.mjs'

const idOf = ({ operationId }: OperationObject): string => operationId

describe('the page', { skip: browserIsMissing }, () => {
  let browser: TestBrowser
  before(async () => {
    browser = await TestBrowser.open()
  })
  after(async () => await browser?.close())

  for (const { name, framework } of FRAMEWORKS) {
    test(`shows every operation on ${name}, with nothing from elsewhere, and no complaint`, async (t) => {
      const root = framework()
      root.use('/api/v1', createLibrary(framework))
      const origin = await serving(t, root)
      const { page, complaints, asked } = await browser.visit(`${origin}/api/v1/docs`)
      const document = (await (await fetch(`${origin}/api/v1/openapi.json`)).json()) as OpenApiDocument
      const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map(idOf))
      for (const id of ids) await page.locator(`[id$="-${id}"].opblock`).waitFor()
      assert.equal(await page.locator('.opblock').count(), ids.length)
      assert.match(await page.locator('.info .title').innerText(), /^The library/)
      assert.equal(await page.locator('.errors-wrapper').count(), 0)
      assert.deepEqual(complaints, [])
      assert.deepEqual(
        asked.filter((address) => !address.startsWith(origin) && !address.startsWith('data:')),
        [],
      )
    })

    test(`tries an operation at the address of the application on ${name}`, async (t) => {
      const root = framework()
      root.use('/api/v1', createLibrary(framework))
      const origin = await serving(t, root)
      const { page, complaints, asked } = await browser.visit(`${origin}/api/v1/docs`)
      const operation = page.locator('#operations-books-getBooksById')
      await operation.locator('.opblock-summary').click()
      await operation.locator('.try-out__btn').click()
      await operation.locator('tr[data-param-name="id"] input').fill('7')
      await operation.locator('.execute').click()
      const answer = operation.locator('.live-responses-table .highlight-code').first()
      await answer.waitFor()
      assert.match(await answer.innerText(), /"id": 7/)
      assert.ok(asked.includes(`${origin}/api/v1/books/7`), asked.join('\n'))
      assert.deepEqual(complaints, [])
    })
  }
})
