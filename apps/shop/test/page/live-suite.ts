import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Page } from 'playwright-core'
import type { TestShop } from '../support/test-shop.js'
import type { BrowserTests } from './browser.js'
import { follow, openProduct, signIn } from './page-actions.js'

const PRODUCT = 'Kyusu Side-Handle Pot, charcoal'

export function describeLive({ shop, browser }: BrowserTests): void {
  it('shows in a second window how the stock changes in the first', async () => {
    const [staff, guest] = [await browser().visitor(), await browser().visitor()]
    await guest.page.goto('/')
    await openProduct(guest.page, PRODUCT)
    const list = await browser().secondWindow(guest)
    await list.page.goto('/?q=kyusu')
    await list.page.locator('#grid[aria-busy="false"] a').first().waitFor()
    const before = await piecesOf(guest.page)

    await signIn(staff.page, 'admin')
    await receive(staff.page, PRODUCT, 7)
    await guest.page.getByText(`(${before + 7})`).waitFor()
    await staff.page.getByText(String(before + 7), { exact: true }).waitFor()

    await setStock(shop(), guest.page, 3)
    await guest.page.getByText('Only 3 left (3)').waitFor()
    await list.page.getByText('Only 3 left').first().waitFor()
    assert.deepEqual([...guest.complaints, ...list.complaints], [])
  })

  it('shows it by long polling, too, where streams do not come through', async () => {
    const { page } = await browser().visitor()
    await page.route(/\/live-stock\?/, (route) => route.fulfill({ status: 502, body: 'no streams here' }))
    const polled = page.waitForResponse(/\/live-stock\/changes/)
    await page.goto('/')
    await openProduct(page, 'Kyusu sand')
    await polled
    await setStock(shop(), page, 2)
    await page.getByText('Only 2 left (2)').waitFor()
  })

  it('shows pictures that an admin uploads, and how far the upload is', async () => {
    const { page, complaints } = await browser().visitor()
    const picture = await (await browser().visitor(400, 300)).page.screenshot()
    await signIn(page, 'admin')
    await openEditor(page, 'Matcha Whisk and Bowl Set, sand')
    await page.getByRole('button', { name: 'Upload' }).click()
    await page.locator('[name="image"][aria-invalid="true"]').waitFor()
    // A network slow enough to see the upload go.
    const network = await page.context().newCDPSession(page)
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 }
    await network.send('Network.enable')
    await network.send('Network.emulateNetworkConditions', slow)
    const large = Buffer.concat([picture, Buffer.alloc(300_000)])
    await page
      .getByLabel('Pictures')
      .setInputFiles({ name: '../../x.png', mimeType: 'image/png', buffer: large })
    await page.getByLabel('What they show').fill('A whisk in a bowl')
    await page.getByRole('button', { name: 'Upload' }).click()
    await page.getByText(/^\d+ % sent$/).waitFor()
    await page.getByRole('img', { name: 'A whisk in a bowl' }).waitFor()

    await page.getByRole('link', { name: 'As customers see it' }).click()
    const shown = page.getByRole('img', { name: 'A whisk in a bowl' })
    await shown.waitFor()
    assert.equal(await shown.evaluate((image: { naturalWidth: number }) => image.naturalWidth), 400)
    assert.deepEqual(complaints, [])
  })

  it('says what is wrong with a file that is no picture', async () => {
    const { page } = await browser().visitor()
    await signIn(page, 'admin')
    await openEditor(page, 'Pour-Over Dripper, for 2 cups, charcoal')
    const buffer = Buffer.from('<svg onload="alert(1)"/>')
    await page.getByLabel('Pictures').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer })
    await page.getByRole('button', { name: 'Upload' }).click()
    await page.getByText(/expected .*JPEG/i).waitFor()
  })
}

async function openEditor(page: Page, product: string): Promise<void> {
  await follow(page, 'Admin')
  await page.getByRole('searchbox', { name: 'Find a product' }).fill(product)
  await page.getByRole('link', { name: product, exact: true }).click()
  await page.getByRole('button', { name: 'Save' }).waitFor()
}

async function receive(page: Page, product: string, pieces: number): Promise<void> {
  await openEditor(page, product)
  await page.getByLabel('Pieces that came').fill(String(pieces))
  await page.getByRole('button', { name: 'Receive' }).click()
}

async function piecesOf(page: Page): Promise<number> {
  const text = await page.locator('.product-stock').textContent()
  return Number(/\((\d+)\)/.exec(text ?? '')?.[1] ?? 0)
}

/** Counts the product that a window shows. */
async function setStock({ address }: TestShop, page: Page, counted: number): Promise<void> {
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const login = await fetch(`${address}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'staff@shop.example', password: 'shop-staff-demo' }),
  })
  const { access_token: token } = (await login.json()) as { access_token: string }
  const answer = await fetch(`${address}/api/v1/stock/${id}/corrections`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ counted, reason: 'counted in a test' }),
  })
  assert.equal(answer.status, 201)
}
