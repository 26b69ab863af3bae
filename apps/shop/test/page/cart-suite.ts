import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Page } from 'playwright-core'
import { type ApiUser, apiUser } from './api-user.js'
import type { BrowserTests } from './browser.js'
import { signIn } from './page-actions.js'

export function describeCart({ shop, browser }: BrowserTests): void {
  /** A cart of Grace with one piece of some products, whose stock is plenty, on the page. */
  const openCart = async (products = 1) => {
    const [staff, grace] = [await apiUser(shop(), 'staff'), await apiUser(shop(), 'grace')]
    await grace.ask('DELETE', '/cart')
    const ids: number[] = []
    for (let at = 0; at < products; at += 1) {
      const { json } = await staff.ask('POST', '/products', {
        sku: `CART-${Math.random().toString(36).slice(2, 10).toUpperCase()}`,
        name: `Cart Cup ${at + 1}`,
        category: 'tableware',
        price: { amount: 100, currency: 'EUR' },
        stock: 5000,
      })
      ids.push(json.id)
      await grace.ask('POST', '/cart/lines', { productId: json.id, quantity: 1 })
    }
    const window = await browser().visitor()
    await signIn(window.page, 'grace')
    await window.page.goto('/cart')
    await window.page.getByLabel('Postal code').fill('1012 AB')
    return { ...window, grace, ids }
  }

  it('orders nothing while a quantity is not right, and says so', async () => {
    const { page, grace, complaints } = await openCart()
    const [before, pieces] = [await newestOrder(grace), page.getByLabel('Pieces of Cart Cup 1')]
    for (const wrong of ['1000', '0', '1.5', '']) {
      await pieces.fill(wrong)
      await page.getByRole('button', { name: 'Place order' }).click()
      await page.getByText('Nothing is ordered: look at the pieces of Cart Cup 1.').waitFor()
      await page.getByText('A whole number from 1 to 999.').waitFor()
      assert.equal(await pieces.inputValue(), wrong, 'it shows what was typed')
      assert.equal(await pieces.getAttribute('aria-invalid'), 'true')
      assert.equal(await page.evaluate('document.activeElement.id'), await pieces.getAttribute('id'))
    }
    assert.equal(await newestOrder(grace), before)
    assert.deepEqual(complaints, [])
  })

  it('orders as many as the field shows, also when it was typed a moment before', async () => {
    const { page } = await openCart()
    await page.route('**/api/v1/cart/lines/*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      await route.continue()
    })
    await page.getByLabel('Pieces of Cart Cup 1').fill('500')
    await page.getByLabel('Postal code').press('Enter')
    await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
    assert.match((await page.locator('#main').textContent()) ?? '', /500 × €1\.00/)
  })

  it('takes as many as the API does: 99 and 99 more, then 150', async () => {
    const { page, ids, grace } = await openCart()
    await page.goto(`/products/${ids[0]}`)
    for (const said of ['99 ×', '900 ×']) {
      await page.getByLabel('Pieces').fill(String(Number.parseInt(said, 10)))
      await page.getByRole('button', { name: 'Add to cart' }).click()
      if (said === '99 ×') await page.getByText(/^99 × Cart Cup 1 is in the cart/).waitFor()
    }
    await page.getByText('With these 900, the cart would have more than 999 of it.').waitFor()
    await page.getByLabel('Pieces').fill('1000')
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByText('A whole number from 1 to 999.').waitFor()
    await page.goto('/cart')
    const pieces = page.getByLabel('Pieces of Cart Cup 1')
    assert.equal(await pieces.inputValue(), '100')
    for (const quantity of [198, 150, 999]) {
      await pieces.fill(String(quantity))
      await pieces.press('Enter')
      await page.getByText(`${quantity} × Cart Cup 1.`, { exact: true }).waitFor()
    }
    const { json } = await grace.ask('GET', '/cart')
    assert.equal(json.lines[0].quantity, 999)
  })

  it('keeps what was typed into one line while another one changes', async () => {
    const { page } = await openCart(2)
    await page.getByLabel('Pieces of Cart Cup 2').fill('5000')
    await page.getByLabel('Pieces of Cart Cup 1').fill('3')
    await page.getByLabel('Postal code').focus()
    await page.getByText('3 × Cart Cup 1.', { exact: true }).waitFor()
    assert.equal(await page.getByLabel('Pieces of Cart Cup 2').inputValue(), '5000')
    await page.getByText('A whole number from 1 to 999.').waitFor()
  })

  it('orders nothing when the cart has changed in another window, and shows how it is now', async () => {
    const { page, grace, ids } = await openCart()
    const before = await newestOrder(grace)
    await grace.ask('PATCH', `/cart/lines/${ids[0]}`, { quantity: 7 })
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.getByText('Nothing is ordered: the cart has changed meanwhile.').waitFor()
    assert.equal(await page.getByLabel('Pieces of Cart Cup 1').inputValue(), '7')
    assert.equal(await newestOrder(grace), before)
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
    assert.match((await page.locator('#main').textContent()) ?? '', /7 × €1\.00/)
  })

  it('leaves the focus at the next line when one is removed, and at the heading after the last', async () => {
    const { page } = await openCart(2)
    await page.getByRole('button', { name: 'Remove Cart Cup 1' }).press('Enter')
    await page.getByText('Cart Cup 1 is out of the cart.').waitFor()
    assert.equal(await focusedLabel(page), 'Remove Cart Cup 2')
    await page.keyboard.press('Enter')
    await page.getByText('Your cart is empty').waitFor()
    await page.locator('h1:focus').waitFor()
  })
}

async function newestOrder(grace: ApiUser): Promise<string> {
  const { json } = await grace.ask('GET', '/orders?limit=1')
  return json.items[0]?.id ?? ''
}

function focusedLabel(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.getAttribute("aria-label")')
}
