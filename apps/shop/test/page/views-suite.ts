import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { BrowserTests } from './browser.js'
import { follow, openProduct, PEOPLE, signIn, widerThanWindow } from './page-actions.js'

export function describeViews({ browser }: BrowserTests): void {
  it('fits a phone: no view is wider than 390 pixels', async () => {
    const { page, complaints } = await browser().visitor(390, 844)
    await signIn(page, 'admin')
    await page.locator('#grid a').first().waitFor()
    const wide: string[] = []
    const look = async (): Promise<void> => {
      if ((await widerThanWindow(page)) > 0) wide.push(page.url())
    }
    await look()
    await openProduct(page, 'moss')
    await look()
    for (const name of ['Orders', 'Chat', 'News', 'Cart', 'Admin']) {
      await follow(page, name)
      await page.locator('#main:not([aria-busy]) h1').waitFor()
      await look()
    }
    await page.locator('tbody a').first().click()
    await page.getByRole('button', { name: 'Save' }).waitFor()
    await look()
    assert.deepEqual(wide, [])
    assert.deepEqual(complaints, [])
  })

  it('counts in each category what a search finds there', async () => {
    const { page } = await browser().visitor()
    await page.goto('/?q=teapot')
    const everything = page.locator('[data-count=""]')
    await page.getByRole('heading', { level: 1, name: '“teapot”' }).waitFor()
    const found = /^(\d+) product/.exec((await page.locator('#count:not(:empty)').textContent()) ?? '')?.[1]
    await everything.filter({ hasText: new RegExp(`^${found}$`) }).waitFor()
    const counts = (await page.locator('[data-count]:not([data-count=""])').allTextContents()).map(Number)
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      Number(found),
    )
    assert.equal(await page.locator('[data-count="lighting"]').textContent(), '0')
  })

  it('goes back to where the visitor was, and shows at each address what was shown there', async () => {
    const { page } = await browser().visitor()
    await page.goto('/')
    await page.locator('#grid a').nth(20).click()
    await page.getByRole('button', { name: /cart|sold out/i }).waitFor()
    const name = await page.locator('h1').textContent()
    await page.goBack()
    await page.locator('#grid a').nth(20).waitFor()
    assert.ok(Number(await page.evaluate('scrollY')) > 400, 'the list is where it was')
    await page.goForward()
    await page.getByRole('heading', { level: 1, name: name ?? '' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: name ?? '' }).waitFor()
  })

  it('asks who it is before it shows what is theirs, and shows it then; and nothing after the sign-out', async () => {
    const { page } = await browser().visitor()
    await page.goto('/')
    await follow(page, 'Orders')
    await page.getByLabel('E-mail address').fill(PEOPLE.ada.email)
    await page.getByLabel('Password').fill(PEOPLE.ada.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { level: 1, name: 'Your orders' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Your orders' }).waitFor()
    assert.equal(
      await page.evaluate('JSON.stringify(localStorage).includes("eyJ")'),
      false,
      'no token is stored',
    )
    await page.getByLabel('Your account').click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    await follow(page, 'Orders')
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  })

  it('has one main heading, a title and landmarks in each view, and a name for each control', async () => {
    const { page } = await browser().visitor()
    await signIn(page, 'admin')
    const views = ['Shop', 'Orders', 'Chat', 'News', 'Cart', 'Admin']
    const faults: string[] = []
    for (const name of views) {
      await follow(page, name)
      await page.locator('#main:not([aria-busy]) h1').waitFor()
      const found = (await page.evaluate(FAULTS)) as string[]
      faults.push(...found.map((fault) => `${name}: ${fault}`))
      assert.match(await page.title(), / · Nozomi Shop$/)
    }
    assert.deepEqual(faults, [])
  })
}

/** What a screen reader would stumble over. */
const FAULTS = `(() => {
  const faults = []
  if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1')
  for (const landmark of ['header', 'nav', 'main', 'footer'])
    if (!document.querySelector(landmark)) faults.push('no ' + landmark)
  for (const control of document.querySelectorAll('input, select, textarea, button, a[href], summary')) {
    const named = control.getAttribute('aria-label') || control.labels?.[0]?.textContent || control.textContent
    if (!named.trim() && control.checkVisibility()) faults.push('no name: ' + control.outerHTML.slice(0, 80))
  }
  for (const image of document.querySelectorAll('img:not([alt])')) faults.push('no alt: ' + image.src)
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push('twice the id ' + id)
  return faults
})()`
