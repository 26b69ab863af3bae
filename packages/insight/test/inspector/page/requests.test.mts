import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { FakeSource } from '../fake-source.mjs'
import { afternoon, failing, hung, record } from '../records.mjs'
import { browserIsMissing } from './browser.mjs'
import { useBrowser } from './opened.mjs'

const options = (page: Page) => page.getByRole('listbox').getByRole('option')

describe('the requests in the inspector', { skip: browserIsMissing }, () => {
  const open = useBrowser()

  it('appear as they come, and change as they end', async (t) => {
    const { page, source, complaints } = await open(t, { source: new FakeSource() })
    await page.getByText('No request yet.').waitFor()
    const coming = record(1, { url: '/api/slow', outcome: 'running', status: null, durationMs: null })
    source.add(coming)
    await page.getByRole('option', { name: '/api/slow' }).waitFor()
    assert.match((await options(page).first().textContent()) ?? '', /···/)
    Object.assign(coming, { outcome: 'finished', status: 418, durationMs: 12 })
    source.add(coming)
    await page.getByRole('option', { name: '418' }).waitFor()
    assert.deepEqual(complaints, [])
  })

  it('that hang or were slow stand on top, then the latest', async (t) => {
    const { page } = await open(t)
    await page.getByText('63 requests').waitFor()
    const lines = await page.locator('.line').allTextContents()
    assert.equal(lines[0], 'Hung and slow')
    assert.match(lines[1] ?? '', /cover.*hung/)
    assert.match(lines[2] ?? '', /\/api\/reports\/sales.*1\.\d\d s/)
    const rest = lines.indexOf('Latest')
    assert.match(lines[rest + 1] ?? '', /\/api\/catalogue\?page=/)
    assert.match(lines[rest + 2] ?? '', /500.*\/api\/orders\/1042.*TypeError/)
  })

  it('are filtered by kind and by method', async (t) => {
    const { page } = await open(t)
    await page.getByText('63 requests').waitFor()
    const choose = (name: string) => page.getByRole('button', { name, exact: true }).click()
    await choose('5xx')
    await page.getByText(/^\d of 63 requests$/).waitFor()
    for (const text of await options(page).allTextContents()) assert.match(text, /500/)
    await choose('Running')
    await page.getByText('1 of 63 requests').waitFor()
    await choose('Slow')
    for (const text of await options(page).allTextContents()) assert.match(text, /reports|cover/)
    await choose('All')
    await page.getByLabel('Method').selectOption('DELETE')
    for (const text of await options(page).allTextContents()) assert.match(text, /DELETE/)
    await page.getByLabel('Method').selectOption('POST')
    await choose('4xx')
    await page.getByText('No request is like that.').waitFor()
  })

  it('are searched, in what the list does not show as well', async (t) => {
    const { page } = await open(t)
    await page.getByText('63 requests').waitFor()
    const search = page.getByRole('searchbox')
    await search.fill('orders typeerror')
    for (const text of await options(page).allTextContents()) assert.match(text, /orders.*TypeError/)
    // In a field alone; the server finds it.
    await search.fill('req-00003e')
    await page.getByText('1 of 63 requests').waitFor()
    assert.match((await options(page).first().textContent()) ?? '', /\/api\/orders\/1042/)
    await search.fill('showOrder')
    await page.getByRole('link', { name: /^Routes *\d/ }).waitFor()
    await page.getByRole('link', { name: 'Routes' }).click()
    assert.deepEqual(await page.locator('.layer .names').allTextContents(), ['orders', 'showOrder'])
  })

  it('wait while the list is paused, and come when it goes on', async (t) => {
    const { page, source } = await open(t, { source: new FakeSource([record(1)]) })
    await page.getByRole('button', { name: 'Live: pause' }).click()
    source.add(record(2))
    source.add(record(3))
    await page.getByRole('button', { name: 'Paused, 2 new: go on' }).waitFor()
    assert.equal(await options(page).count(), 1)
    await page.getByRole('button', { name: 'Paused' }).click()
    await page.getByText('3 requests').waitFor()
    assert.equal(await options(page).count(), 3)
  })

  it('are hidden by Clear, and new ones are not', async (t) => {
    const { page, source } = await open(t)
    await page.getByText('63 requests').waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByText('No request yet.').waitFor()
    source.add(record(64, { url: '/after' }))
    await page.getByRole('option', { name: '/after' }).waitFor()
    assert.equal(await options(page).count(), 1)
  })

  it('are shown again when the connection was lost', async (t) => {
    const { page, source, serving } = await open(t, { source: new FakeSource([record(1)]) })
    await page.getByRole('button', { name: 'Live' }).waitFor()
    source.add(record(2))
    await page.getByText('2 requests').waitFor()
    // What comes while nobody listens is only in the state.
    const { listeners } = source
    const held = [...listeners]
    listeners.clear()
    source.add(record(3))
    for (const listener of held) listeners.add(listener)
    serving.server.closeAllConnections()
    await page.getByText('3 requests').waitFor()
  })
})

describe('one request in the inspector', { skip: browserIsMissing }, () => {
  const open = useBrowser()

  it('shows its layers along the time, each with its source', async (t) => {
    const { page, complaints } = await open(t)
    await page.getByRole('option', { name: '/api/orders/1042' }).first().click()
    await page.getByRole('heading', { name: '500 GET /api/orders/1042' }).waitFor()
    const runs = page.locator('.run')
    assert.deepEqual(await runs.locator('.name').allTextContents(), [
      'requestLog',
      'openSession',
      'orders router /api/orders',
      'mustBeSignedIn',
      'showOrder',
      'problem error-handler',
    ])
    const left = (index: number) =>
      runs
        .nth(index)
        .locator('.part')
        .first()
        .evaluate((part) => (part as unknown as { offsetLeft: number }).offsetLeft)
    assert.ok((await left(4)) > (await left(1)), 'what ran later stands further right')
    assert.equal(await runs.nth(1).locator('.part.async').count(), 1)
    await page.getByRole('button', { name: /^openSession.*gave it on/ }).click()
    await page.getByText('req.session = await sessions.find(id)').waitFor()
    assert.equal(await runs.nth(1).getAttribute('aria-expanded'), 'true')
    assert.deepEqual(complaints, [])
  })

  it('shows its error with the line it came from', async (t) => {
    const { page } = await open(t)
    await page.getByRole('option', { name: '/api/orders/1042' }).first().click()
    const message = await page.locator('.failure-message').textContent()
    assert.equal(message, "TypeError Cannot read properties of undefined (reading 'reduce')")
    const line = page.locator('.failure .code-line.it')
    assert.match((await line.textContent()) ?? '', /^14.*order\.lines\.reduce/)
    const [code = '', caret = ''] = ((await line.locator('code').textContent()) ?? '').split('\n')
    assert.ok(code.slice(caret.indexOf('^')).startsWith('reduce'), 'the caret stands below')
  })

  it('that hangs names the place, and grows older', async (t) => {
    const { page } = await open(t)
    await page.getByRole('option', { name: 'cover' }).click()
    await page.getByText('sendCover neither answered nor called next()').waitFor()
    assert.equal(await page.locator('.run.is-running').count(), 2)
    const age = page.locator('.line.running .took')
    const first = await age.textContent()
    while ((await age.textContent()) === first) await page.waitForTimeout(100)
  })

  it('is shown as it ends while it is open', async (t) => {
    const { page, source } = await open(t)
    await page.getByRole('option', { name: 'cover' }).click()
    await page.getByText(/^runs for/).waitFor()
    source.add({ ...hung(61, Date.now() - 9000), outcome: 'finished', status: 503, durationMs: 9000 })
    await page.getByRole('heading', { name: '503 GET' }).waitFor()
    await page.getByText(/^took 9\.00 s/).waitFor()
  })

  it('is copied as curl and as a test', async (t) => {
    const { page } = await open(t)
    await page.getByRole('option', { name: '/api/orders/1042' }).first().click()
    const copied = () => page.evaluate('navigator.clipboard.readText()') as Promise<string>
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await page.getByText('Copied as curl').waitFor()
    assert.match(
      await copied(),
      /^curl -i --globoff http:\/\/localhost:3000\/api\/orders\/1042 .*'Cookie: \[redacted\]'/s,
    )
    await page.getByRole('button', { name: 'Copy as test' }).click()
    await page.getByText('Copied as a test').waitFor()
    assert.match(await copied(), /await app\.inject\(\{\n +method: 'GET',\n +url: '\/api\/orders\/1042'/)
  })

  it('says so when it is not kept any more', async (t) => {
    const { page, source } = await open(t)
    await page.getByText('63 requests').waitFor()
    source.kept.delete(62)
    await page.getByRole('option', { name: '/api/orders/1042' }).first().click()
    await page.getByRole('alert').getByText('This request is not kept any more.').waitFor()
  })
})

describe('5,000 requests in the inspector', { skip: browserIsMissing }, () => {
  const open = useBrowser()

  it('are a list of some dozen elements, that is scrolled, filtered and followed', async (t) => {
    const { page, source, complaints } = await open(t, { source: new FakeSource(afternoon(5000)) })
    await page.getByText('5000 requests').waitFor()
    const count = () => page.locator('.line').count()
    assert.ok((await count()) < 80, `${await count()} rows`)
    await page.getByRole('listbox').press('End')
    await page.getByRole('listbox').getByRole('option', { selected: true }).waitFor()
    assert.equal(
      await page.getByRole('listbox').getByRole('option', { selected: true }).getAttribute('aria-posinset'),
      '5000',
    )
    assert.ok((await count()) < 80, `${await count()} rows`)
    for (let id = 5001; id <= 5400; id += 1) source.add(failing(id, Date.now()))
    await page.getByRole('searchbox').fill('typeerror')
    // The page holds the last 5,000: of the first 400 it let go, and of the new ones none.
    await page.getByText(/^6\d\d of 5000 requests$/).waitFor()
    assert.ok((await count()) < 80, `${await count()} rows`)
    assert.deepEqual(complaints, [])
  })

  it('stay where they are read while new ones come', async (t) => {
    const { page, source } = await open(t, { source: new FakeSource(afternoon(500)) })
    await page.getByText('500 requests').waitFor()
    await page
      .getByRole('listbox')
      .evaluate((list) => (list as unknown as { scrollTo(x: number, y: number): void }).scrollTo(0, 3000))
    // The lines are drawn in the frame after the list was moved. Not by `waitForFunction()`, which the policy of the page forbids.
    const firstSeen = async () => {
      for (;;) {
        const id = await page.evaluate(`(() => {
          const { left, top } = document.querySelector('.list').getBoundingClientRect()
          return document.elementFromPoint(left + 40, top + 4).closest('.line')?.id
        })()`)
        if (id !== undefined) return id
        await page.waitForTimeout(20)
      }
    }
    const seen = await firstSeen()
    for (let id = 501; id <= 540; id += 1) source.add(record(id))
    await page.getByText('540 requests').waitFor()
    assert.equal(await firstSeen(), seen)
  })
})
