import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { browserIsMissing } from './browser.mjs'
import { useBrowser } from './opened.mjs'

/** What has the focus, by its label or its text, and whether that is seen. */
function focused(page: Page): Promise<{ name: string; role: string; isSeen: boolean }> {
  return page.evaluate(`(() => {
    const { activeElement: at } = document
    const style = getComputedStyle(at)
    const name = (at.getAttribute('aria-label') ?? at.textContent ?? '').trim()
    const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    return { name, role: at.getAttribute('role') ?? at.localName, isSeen }
  })()`)
}

describe('the inspector by keyboard', { skip: browserIsMissing }, () => {
  const open = useBrowser()

  it('leads Tab through all that can be used, and shows where it is', async (t) => {
    const { page } = await open(t)
    await page.getByText('63 requests').waitFor()
    const names: string[] = []
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab')
      const at = await focused(page)
      if (at.role === 'body') break
      assert.ok(at.isSeen, `the focus is seen on ${at.name}`)
      names.push(at.name)
    }
    assert.equal(names[0], 'Skip to the content')
    assert.deepEqual(
      names.slice(2, 6).map((name) => name.replace(/\d+$/, '')),
      ['Requests', 'Incidents', 'Routes', 'Explain'],
    )
    for (const name of ['Search all', 'Live: pause', 'Keys', 'All', '5xx', 'Method', 'Clear', 'Requests']) {
      assert.ok(names.includes(name), `${name} is among ${names.join(', ')}`)
    }
  })

  it('skips to the list', async (t) => {
    const { page } = await open(t)
    await page.getByText('63 requests').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.deepEqual(await focused(page), { name: 'Requests', role: 'listbox', isSeen: true })
  })

  it('goes through the list by arrows and letters, opens a request, and comes back', async (t) => {
    const { page } = await open(t)
    await page.getByText('63 requests').waitFor()
    const active = () => page.getByRole('listbox').getByRole('option', { selected: true })
    await page.keyboard.press('j')
    assert.match((await active().textContent()) ?? '', /cover/)
    const id = await page.getByRole('listbox').getAttribute('aria-activedescendant')
    assert.equal(await active().getAttribute('id'), id)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    assert.equal(await active().getAttribute('aria-posinset'), '2')
    await page.keyboard.press('Home')
    assert.equal(await active().getAttribute('aria-posinset'), '1')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /cover$/ }).waitFor()
    assert.match((await focused(page)).name, /cover$/)
    // The next one is opened, too, and Escape leads back to the list.
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: /reports/ }).waitFor()
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.detail').count(), 0)
    assert.equal((await focused(page)).role, 'listbox')
    assert.equal(await active().getAttribute('aria-posinset'), '2')
    await page.keyboard.press('End')
    assert.equal(await active().getAttribute('aria-posinset'), '63')
  })

  it('searches after a slash, and goes to what was found by Enter', async (t) => {
    const { page } = await open(t)
    await page.getByText('63 requests').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('pj1042')
    await page.getByText('No request is like that.').waitFor()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('orders/1042')
    await page.getByText(/^\d of 63/).waitFor()
    await page.keyboard.press('Enter')
    assert.equal((await focused(page)).role, 'listbox')
    await page.keyboard.press('/')
    await page.keyboard.press('Escape')
    await page.getByText('63 requests').waitFor()
    assert.equal(await page.getByRole('searchbox').inputValue(), '')
  })

  it('pauses, clears, copies and changes views by one key each', async (t) => {
    const { page } = await open(t)
    await page.getByText('63 requests').waitFor()
    await page.keyboard.press('p')
    await page.getByRole('button', { name: 'Paused: go on', pressed: true }).waitFor()
    await page.keyboard.press('p')
    await page.getByRole('button', { name: 'Live: pause', pressed: false }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /cover$/ }).waitFor()
    await page.keyboard.press('c')
    await page.getByRole('status').getByText('Copied as curl').waitFor()
    assert.match(String(await page.evaluate('navigator.clipboard.readText()')), /^curl .*cover/)
    await page.keyboard.press('t')
    await page.getByRole('status').getByText('Copied as a test').waitFor()
    for (const [key, name] of [
      ['2', 'Incidents'],
      ['3', 'Routes'],
      ['1', 'Requests'],
    ] as const) {
      await page.keyboard.press(key)
      await page.locator('#views a[aria-current="page"]', { hasText: name }).waitFor()
    }
    await page.keyboard.press('x')
    await page.getByText('No request yet.').waitFor()
  })

  it('tells which keys there are, and closes that by Escape', async (t) => {
    const { page } = await open(t)
    await page.getByRole('button', { name: 'Keys' }).focus()
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keys' })
    await dialog.getByText('pause, and go on').waitFor()
    // The keys are those of the page behind, which is not to be used now.
    await page.keyboard.press('2')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    assert.match(await page.title(), /^Requests/)
    assert.equal((await focused(page)).name, 'Keys')
  })

  it('opens sources and findings, and explains, without a mouse', async (t) => {
    const { page } = await open(t)
    await page.keyboard.press('3')
    const toggle = page.getByRole('button', { name: 'Layers of orders' })
    await toggle.press('Enter')
    assert.equal(await page.getByText('showOrder').isVisible(), false)
    assert.equal(await toggle.getAttribute('aria-expanded'), 'false')
    await toggle.press('Space')
    assert.equal(await page.getByText('showOrder').isVisible(), true)
    await page.getByRole('button', { name: 'src/app.js:14:5' }).press('Enter')
    await page.getByText("app.post('/api/reviews', function saveReview").waitFor()
    await page.getByRole('button', { name: 'route-shadowed' }).press('Enter')
    assert.match((await focused(page)).name, /^warningroute-shadowed/)
    await page.keyboard.press('4')
    await page.getByRole('textbox', { name: 'Path' }).waitFor()
    assert.equal((await focused(page)).name, 'Path')
    await page.keyboard.type('/api/orders/42')
    await page.keyboard.press('Enter')
    await page.getByText('showOrder of /api/orders/:id answers').waitFor()
  })
})
