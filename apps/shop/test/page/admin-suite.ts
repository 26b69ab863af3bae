import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import type { Page } from 'playwright-core'
import { type ApiUser, apiUser } from './api-user.js'
import { deadEvent } from '../support/dead-events.js'
import type { BrowserTests } from './browser.js'
import { follow, signIn, widerThanWindow } from './page-actions.js'

export function describeAdmin({ shop, browser }: BrowserTests): void {
  let staff: ApiUser
  let ada: ApiUser
  let count = 0

  before(async () => {
    ;[staff, ada] = [await apiUser(shop(), 'staff'), await apiUser(shop(), 'ada')]
  })

  /** A product of the test's own, with 10 pieces. */
  const newProduct = async (): Promise<number> => {
    count += 1
    const { json } = await staff.ask('POST', '/products', {
      sku: `PAGE-${count}`,
      name: `Page Lamp ${count}`,
      description: 'As it was.',
      category: 'lighting',
      price: { amount: 1900, currency: 'EUR' },
      stock: 10,
    })
    return json.id
  }

  const productNow = async (id: number) => (await staff.ask('GET', `/products/${id}`)).json

  const open = async (path: string, width?: number) => {
    const window = await browser().visitor(width)
    await signIn(window.page, 'admin')
    await window.page.goto(path)
    await window.page.locator('#main:not([aria-busy]) h1').waitFor()
    return window
  }

  it('saves a product that got more pieces, and one that was ordered, since it was opened', async () => {
    const id = await newProduct()
    const { page, complaints } = await open(`/admin/products/${id}`)
    await page.getByLabel('Pieces that came').fill('4')
    await page.getByRole('button', { name: 'Receive' }).click()
    await page.getByText('4 pieces received.').waitFor()
    await page.getByLabel('Description').fill('Received, then saved.')
    await save(page)
    assert.equal((await productNow(id)).description, 'Received, then saved.')

    await ada.order(id, 3)
    await page.getByLabel('Description').fill('Ordered, then saved.')
    await save(page)
    const { description, stock } = await productNow(id)
    assert.deepEqual([description, stock], ['Ordered, then saved.', 11])
    assert.deepEqual(complaints, [])
  })

  it('saves a product that is ordered in the moment of saving', async () => {
    const id = await newProduct()
    const { page } = await open(`/admin/products/${id}`)
    let orders = 0
    await page.route(`**/api/v1/products/${id}`, async (route) => {
      if (route.request().method() === 'PATCH' && orders < 2) {
        orders += 1
        await ada.order(id, 1)
      }
      await route.continue()
    })
    await page.getByLabel('Description').fill('In the moment.')
    await save(page)
    const { description, stock } = await productNow(id)
    assert.deepEqual([description, stock], ['In the moment.', 8])
  })

  it('takes over what another editor changed elsewhere in the product', async () => {
    const id = await newProduct()
    const { page } = await open(`/admin/products/${id}`)
    await staff.edit(id, { price: { amount: 2500, currency: 'EUR' } })
    await page.getByLabel('Description').fill('Mine.')
    await save(page)
    await page.getByText('Somebody else changed meanwhile: price.').waitFor()
    assert.equal(await page.getByLabel('Price in EUR').inputValue(), '25.00')
    const { description, price } = await productNow(id)
    assert.deepEqual([description, price.amount], ['Mine.', 2500])
  })

  it('shows both values when two editors changed the same, and asks which one stays', async () => {
    const id = await newProduct()
    const { page } = await open(`/admin/products/${id}`, 390)
    await staff.edit(id, { description: 'Their <b>text</b>.', name: 'Their name' })
    await page.getByLabel('Name').fill('My name')
    await page.getByLabel('Description').fill('My text.')
    await page.getByRole('button', { name: 'Save' }).click()
    const conflict = page.getByRole('region', { name: 'Somebody else changed this meanwhile' })
    await conflict.getByText('Their <b>text</b>.').waitFor()
    await conflict.getByText('My text.').waitFor()
    assert.match(await focused(page), /^Somebody else changed/)
    assert.equal(await widerThanWindow(page), 0)
    assert.equal((await productNow(id)).name, 'Their name', 'nothing is saved')

    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.equal(await focused(page), 'Take theirs')
    await page.getByRole('button', { name: 'Take theirs: Description' }).click()
    assert.equal(await focused(page), 'Save')
    assert.equal(await conflict.isVisible(), false)
    assert.equal(await page.getByLabel('Description').inputValue(), 'Their <b>text</b>.')
    await save(page)
    const { name, description } = await productNow(id)
    assert.deepEqual([name, description], ['My name', 'Their <b>text</b>.'])
    await page.getByRole('heading', { level: 1, name: 'My name' }).waitFor()
    assert.match(await page.title(), /^Edit My name /)
  })

  it('shows the products beyond the first, and those that are searched for', async () => {
    const { page } = await open('/admin')
    const status = page.getByText(/, 50 of them shown$/)
    await status.waitFor()
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByText(/, 100 of them shown$/).waitFor()
    assert.equal(await page.locator('tbody tr').count(), 100)
    const names = await page.locator('tbody th').allTextContents()
    assert.equal(new Set(names).size, 100)
    assert.equal(await focused(page), names[50])
    await page.getByRole('searchbox', { name: 'Find a product' }).fill('kyusu')
    await page.getByText(/^\d+ products$/).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Show more' }).isVisible(), false)
  })

  it('makes a product, says what is wrong with it before, and removes it when that is confirmed', async () => {
    const { page, complaints } = await open('/admin')
    await page.getByRole('link', { name: 'New product' }).click()
    await page.getByRole('heading', { level: 1, name: 'New product' }).waitFor()
    await page.getByLabel('SKU').fill('tea-0101')
    assert.equal(await page.getByLabel('Name').getAttribute('maxlength'), '120')
    await page.getByLabel('Name').fill('Brass Lantern')
    await page.getByLabel('Category').selectOption({ label: 'Lighting' })
    await page.getByLabel('Price in EUR').fill('49.5')
    await page.getByLabel('Pieces in stock').fill('2')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.locator('[name="sku"][aria-invalid="true"]').waitFor()
    await page.getByText(/is "TEA-0101", which another product has/).waitFor()
    await page.getByLabel('SKU').fill('page-lantern')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { level: 1, name: 'Brass Lantern' }).waitFor()
    const id = Number(new URL(page.url()).pathname.split('/').at(-1))
    const made = await productNow(id)
    assert.deepEqual([made.sku, made.price.amount, made.stock], ['PAGE-LANTERN', 4950, 2])

    await page.getByRole('button', { name: 'Remove this product' }).click()
    await page.getByRole('dialog', { name: 'Remove this product?' }).waitFor()
    assert.equal(await focused(page), 'Keep it')
    await page.keyboard.press('Escape')
    assert.match(await focused(page), /^Remove this product/)
    assert.equal((await staff.ask('GET', `/products/${id}`)).status, 200)
    await page.getByRole('button', { name: 'Remove this product' }).click()
    await page.getByRole('button', { name: 'Remove it' }).click()
    await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor()
    assert.equal((await staff.ask('GET', `/products/${id}`)).status, 404)
    assert.deepEqual(
      complaints.filter((text) => !text.includes('409')),
      [],
    )
  })

  it('removes the version that the visitor knows: what another editor changed is said first', async () => {
    const id = await newProduct()
    const { page } = await open(`/admin/products/${id}`, 390)
    const tags: (string | undefined)[] = []
    await page.route(`**/api/v1/products/${id}`, async (route) => {
      const isRemoval = route.request().method() === 'DELETE'
      // Somebody orders one in the moment of removing it, the first time.
      if (isRemoval && tags.length === 0) await ada.order(id, 1)
      if (isRemoval) tags.push(route.request().headers()['if-match'])
      await route.continue()
    })
    await staff.edit(id, { price: { amount: 2500, currency: 'EUR' } })
    await page.getByRole('button', { name: 'Remove this product' }).click()
    const question = page.getByRole('dialog', { name: 'Remove this product?' })
    await question.getByRole('button', { name: 'Remove it' }).click()
    await question.getByText('Somebody else changed meanwhile: price.').waitFor()
    assert.equal((await staff.ask('GET', `/products/${id}`)).status, 200, 'it is still there')
    assert.deepEqual(tags, [])

    await question.getByRole('button', { name: 'Remove it' }).click()
    await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor()
    assert.equal((await staff.ask('GET', `/products/${id}`)).status, 404)
    assert.equal(tags.length, 2)
    assert.ok(
      tags.every((tag) => /^"\d+-\d+"$/.test(tag ?? '')),
      tags.join(),
    )
    assert.notEqual(tags[0], tags[1])
  })

  it('lists everybody’s orders by status, and lets staff confirm and cancel them', async () => {
    const id = await newProduct()
    const [first, second] = [await ada.order(id, 1), await ada.order(id, 2)]
    const [one, two] = [numberOf(first), numberOf(second)]
    const { page, complaints } = await open('/admin')
    await page
      .getByRole('navigation', { name: 'Administration' })
      .getByRole('link', { name: 'Orders' })
      .click()
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor()
    await page.getByRole('link', { name: 'Placed', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Orders: Placed' }).waitFor()
    const row = page.locator('.row', { hasText: `Order ${one}` })
    await row.getByText(`Order ${one} · Ada Customer · `).waitFor()
    await page.getByRole('button', { name: `Confirm order ${one}` }).click()
    await page.getByText(`Order ${one} is confirmed.`).waitFor()
    assert.match(await focused(page), /^Page Lamp/)

    // Somebody else is faster with the other one.
    const { etag } = await ada.ask('GET', `/orders/${second}`)
    await ada.ask('POST', `/orders/${second}/cancel`, {}, { 'If-Match': etag })
    await page.getByRole('button', { name: `Confirm order ${two}` }).click()
    await page.getByText(`Order ${two} has changed meanwhile: it is cancelled.`).waitFor()

    const third = await ada.order(id, 3)
    await page.goto('/admin/orders')
    await page.getByRole('button', { name: `Cancel order ${numberOf(third)}` }).click()
    const question = page.getByRole('dialog', { name: `Cancel order ${numberOf(third)}?` })
    await question.getByRole('button', { name: 'Cancel the order' }).click()
    await question.locator('[aria-invalid="true"]').waitFor()
    await question.getByLabel('Why').fill('The lamp is broken')
    await question.getByRole('button', { name: 'Cancel the order' }).click()
    await page.getByText(`Order ${numberOf(third)} is cancelled.`).waitFor()
    await page
      .getByRole('link', { name: /^Page Lamp/ })
      .first()
      .click()
    await page.getByText('The lamp is broken').waitFor()
    await page.locator('.facts').getByText('Ada Customer').waitFor()
    assert.equal(await page.getByRole('button', { name: /order$/ }).count(), 0)
    assert.deepEqual(complaints, [])
  })

  it('shows the events that were given up, and has one or all of them tried again', async () => {
    const none = await open('/admin/events')
    await none.page.getByText(/^There are none/).waitFor()
    assert.equal(await none.page.getByRole('button', { name: 'Try all again' }).isVisible(), false)

    for (const name of ['first', 'second', 'third']) await deadEvent(shop(), `test.${name}`)
    const { page, complaints } = await open('/admin/orders', 390)
    await page
      .getByRole('navigation', { name: 'Administration' })
      .getByRole('link', { name: 'Events' })
      .click()
    await page.getByRole('heading', { level: 1, name: 'Events given up' }).waitFor()
    await page.getByText('Error: the broker is away').first().waitFor()
    assert.equal(await widerThanWindow(page), 0)
    await page.getByRole('button', { name: 'Try again: test.first of test:test.first' }).click()
    await page.getByText('test.first is tried again.').waitFor()
    assert.equal(await page.locator('#main .row').count(), 2)
    assert.equal(
      await page.evaluate('document.activeElement.getAttribute("aria-label")'),
      'Try again: test.second of test:test.second',
    )
    await page.getByRole('button', { name: 'Try all again' }).click()
    await page.getByText('2 events are tried again.').waitFor()
    await page.getByText(/^There are none/).waitFor()
    assert.deepEqual((await staff.ask('GET', '/staff/events')).json.items, [])
    assert.deepEqual([...none.complaints, ...complaints], [])
  })

  it('shows the orders of others to nobody else', async () => {
    const { page } = await browser().visitor()
    await signIn(page, 'ada')
    assert.equal(await page.locator('#admin-link').isVisible(), false)
    for (const path of [
      '/admin',
      '/admin/orders',
      '/admin/events',
      '/admin/products/new',
      '/admin/products/20',
    ]) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1, name: 'For staff only' }).waitFor()
    }
  })

  it('fits a phone in each of its views', async () => {
    const orderId = await ada.order(await newProduct(), 1)
    const { page } = await open('/admin', 390)
    for (const path of ['/admin/orders', `/admin/orders/${orderId}`, '/admin/products/new']) {
      await page.goto(path)
      await page.locator('#main:not([aria-busy]) h1').waitFor()
      assert.equal(await widerThanWindow(page), 0, path)
    }
    await follow(page, 'Admin')
    await page.getByRole('button', { name: 'Show more' }).waitFor()
    assert.equal(await widerThanWindow(page), 0)
  })
}

/** Saves the product, and waits until that is said. */
async function save(page: Page): Promise<void> {
  const said = page.getByText(/^The product is saved\./)
  const before = await said.count()
  await page.getByRole('button', { name: 'Save' }).click()
  await said.nth(before).waitFor()
}

function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.textContent.trim()')
}

function numberOf(order: string): string {
  return order.slice(-6).toUpperCase()
}
