import { after, before, describe } from 'node:test'
import { memoryStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { browserIsMissing, type BrowserTests, TestBrowser } from './browser.js'
import { describeAdmin } from './admin-suite.js'
import { describeCart } from './cart-suite.js'
import { describeChat } from './chat-suite.js'
import { describeLive } from './live-suite.js'
import { describeOrdering } from './ordering-suite.js'
import { describeViews } from './views-suite.js'

/** All that visitors do on the page. */
export function describePage(framework: Framework): void {
  describe(`the page in a browser, on ${framework}`, { skip: browserIsMissing }, () => {
    let shop: TestShop
    let browser: TestBrowser

    before(async () => {
      shop = await testShop({ framework, authenticator: 'real', storage: memoryStorage() })
      browser = await TestBrowser.open(shop.address)
    })

    after(async () => {
      await browser?.close()
      await shop?.stop()
    })

    const tests: BrowserTests = { shop: () => shop, browser: () => browser }
    describe('ordering', () => describeOrdering(tests))
    describe('live stock and pictures', () => describeLive(tests))
    describe('the chat', () => describeChat(tests))
    // What the page makes of answers is the same whichever framework gives them.
    if (framework === 'express') return
    describe('the cart', () => describeCart(tests))
    describe('administration', () => describeAdmin(tests))
    describe('its views', () => describeViews(tests))
  })
}
