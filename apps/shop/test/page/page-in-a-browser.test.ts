import { after, before, describe } from 'node:test'
import { memoryStorage } from '../support/storages.js'
import { type TestShop, testShop } from '../support/test-shop.js'
import { browserIsMissing, type BrowserTests, TestBrowser } from './browser.js'
import { describeAdmin } from './admin-suite.js'
import { describeCart } from './cart-suite.js'
import { describeChat } from './chat-suite.js'
import { describeLive } from './live-suite.js'
import { describeOrdering } from './ordering-suite.js'
import { describeViews } from './views-suite.js'

describe('the page in a browser', { skip: browserIsMissing }, () => {
  let shop: TestShop
  let browser: TestBrowser

  before(async () => {
    shop = await testShop({ authenticator: 'real', storage: memoryStorage() })
    browser = await TestBrowser.open(shop.address)
  })

  after(async () => {
    await browser?.close()
    await shop?.stop()
  })

  const tests: BrowserTests = { shop: () => shop, browser: () => browser }
  describe('ordering', () => describeOrdering(tests))
  describe('the cart', () => describeCart(tests))
  describe('administration', () => describeAdmin(tests))
  describe('live stock and pictures', () => describeLive(tests))
  describe('the chat', () => describeChat(tests))
  describe('its views', () => describeViews(tests))
})
