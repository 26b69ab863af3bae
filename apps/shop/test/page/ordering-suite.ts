import assert from 'node:assert/strict'
import { it } from 'node:test'
import { apiUser } from './api-user.js'
import type { BrowserTests } from './browser.js'
import { tabTo, typeAtFocus } from './keyboard.js'
import { follow, openProduct, PEOPLE, signIn } from './page-actions.js'

const PRODUCT = 'Nambu 0.9 l, moss'

export function describeOrdering({ shop, browser }: BrowserTests): void {
  it('takes a guest’s cart through the sign-in to an order, whose way is seen as it goes', async () => {
    const { page, complaints } = await browser().visitor()
    await page.goto('/')
    await openProduct(page, PRODUCT)
    await page.getByLabel('Pieces').fill('2')
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByRole('link', { name: /^Cart 2/ }).click()
    await page.getByRole('link', { name: 'Sign in to order' }).click()
    await page.getByLabel('E-mail address').fill(PEOPLE.ada.email)
    await page.getByLabel('Password').fill(PEOPLE.ada.password)
    await page.getByRole('button', { name: 'Sign in' }).click()

    await page.getByLabel('Postal code').fill('1012 AB')
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
    assert.match(new URL(page.url()).pathname, /^\/orders\/[\da-f-]{36}$/)
    assert.match((await page.locator('#main').textContent()) ?? '', /Nambu.*2 × €105\.00.*€210\.00/)
    assert.equal(await page.getByRole('link', { name: 'Cart', exact: true }).count(), 1, 'the cart is empty')

    await page.getByRole('button', { name: 'Confirm order' }).click()
    await page.locator('.steps [aria-current="step"]', { hasText: /Confirmed|On its way/ }).waitFor()
    // It comes by itself: nothing is reloaded.
    await page.getByRole('link', { name: /^News \d unread/ }).click()
    await page
      .getByRole('main')
      .getByRole('link', { name: /^(New: )?Your order is confirmed: Nambu Cast-Iron Teapot, 0\.9 l, moss$/ })
      .click()
    await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
    await follow(page, 'Orders')
    await page.getByRole('link', { name: /^Nambu/ }).waitFor()
    assert.deepEqual(complaints, [])
  })

  it('says of which order each news is, and of which day, also when the page stays open over midnight', async () => {
    const ada = await apiUser(shop(), 'ada')
    const id = await ada.order(3, 1)
    const { etag } = await ada.ask('GET', `/orders/${id}`)
    await ada.ask('POST', `/orders/${id}/confirm`, undefined, { 'If-Match': etag })
    const { page } = await browser().visitor()
    const now = new Date()
    await page.clock.install({ time: now })
    await signIn(page, 'ada')
    await follow(page, 'News')
    await page.getByRole('heading', { level: 1, name: 'News' }).waitFor()
    const row = page.locator('.row', { hasText: `Order ${id.slice(-6).toUpperCase()}` }).first()
    await row.getByText(/: Nambu Cast-Iron Teapot/).waitFor()
    const time = row.locator('time')
    assert.match((await time.textContent()) ?? '', /^\d\d:\d\d$/)
    await page.clock.fastForward(24 * 60 * 60 * 1000)
    await time
      .filter({ hasText: new RegExp(`^${now.getDate()} .*${now.getFullYear()}, \\d\\d:\\d\\d$`) })
      .waitFor()
  })

  it('sends an order that got no answer again as the same order', async () => {
    const { page } = await browser().visitor()
    await signIn(page, 'grace')
    await openProduct(page, PRODUCT)
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByRole('link', { name: /^Cart 1/ }).click()
    await page.getByLabel('Postal code').fill('10115')
    const keys: (string | undefined)[] = []
    await page.route('**/api/v1/orders', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      // The shop gets it; its answer is lost on the way, the first time.
      if (keys.length > 1) return route.continue()
      await route.fetch()
      await route.abort()
    })
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.getByRole('alert').filter({ hasText: 'The shop does not answer' }).waitFor()
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
    assert.equal(keys.length, 2)
    assert.equal(keys[0], keys[1])
    await follow(page, 'Orders')
    await page.getByRole('link', { name: /^Nambu/ }).waitFor()
    assert.equal(await page.locator('.rows .row').count(), 1)
  })

  it('can be used with the keyboard alone, from the sign-in to the order', async () => {
    const { page } = await browser().visitor()
    const { keyboard } = page
    await page.goto('/')
    await tabTo(page, 'Sign in')
    await keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await tabTo(page, 'E-mail address')
    await typeAtFocus(page, PEOPLE.ada.email)
    await tabTo(page, 'Password')
    await typeAtFocus(page, 'not the password')
    await keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'not right' }).waitFor()
    await typeAtFocus(page, PEOPLE.ada.password)
    await keyboard.press('Enter')
    await page.getByLabel('Your account').waitFor()

    await tabTo(page, 'Search the shop')
    await typeAtFocus(page, PRODUCT)
    await page.getByRole('heading', { level: 1, name: `“${PRODUCT}”` }).waitFor()
    await page.locator('#grid[aria-busy="false"] a').first().waitFor()
    await tabTo(page, 'Nambu Cast-Iron Teapot')
    await keyboard.press('Enter')
    await page.getByRole('button', { name: 'Add to cart' }).waitFor()
    await tabTo(page, 'Add to cart')
    await keyboard.press('Enter')
    await page.getByRole('link', { name: /^Cart 1/ }).waitFor()
    await tabTo(page, 'Cart')
    await keyboard.press('Enter')
    await page.getByLabel('Postal code').waitFor()
    await tabTo(page, 'Postal code')
    await typeAtFocus(page, '1012 AB')
    await keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
    assert.equal(await page.evaluate('document.activeElement.tagName'), 'H1', 'the focus goes along')
  })
}
