import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { browserIsMissing } from './browser.mjs'
import { useBrowser } from './opened.mjs'

const VIEWS = {
  requests: '#/',
  'a request that failed': '#/requests/62',
  'a request that hangs': '#/requests/61',
  incidents: '#/incidents',
  routes: '#/routes',
  'an explanation': '#/explain?method=GET&url=/api/orders/42',
  'the explanation of a 404': '#/explain?method=PUT&url=/nowhere',
} as const

/** What a view shows when it is whole. */
const WHOLE: Readonly<Record<keyof typeof VIEWS, string>> = {
  requests: '.line[role="option"]',
  'a request that failed': '.failure .code-line',
  'a request that hangs': '.incident',
  incidents: '.page > .incident',
  routes: '.finding',
  'an explanation': '.step.is-answers',
  'the explanation of a 404': '.nearest',
}

async function show(page: Page, view: keyof typeof VIEWS): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(VIEWS[view])}`)
  await page.locator(WHOLE[view]).first().waitFor()
}

/** Texts whose contrast to what is behind them is less than 4.5 (WCAG 2.2, 1.4.3), with that contrast. */
const FAINT = `(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number)
  const light = (color) => {
    const [r, g, b] = parse(color).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at)
      if (parse(backgroundColor)[3] !== 0) return backgroundColor
    }
    return 'rgb(255, 255, 255)'
  }
  const own = [...document.querySelectorAll('body *')].filter((element) =>
    element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
  return own.flatMap((element) => {
    const pair = [light(getComputedStyle(element).color), light(behind(element))].sort((one, other) => other - one)
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05)
    return contrast < 4.5 ? [element.textContent.trim().slice(0, 40) + ': ' + contrast.toFixed(2)] : []
  })
})()`

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    describe(`the inspector, ${colorScheme}, ${width} pixels wide`, { skip: browserIsMissing }, () => {
      const open = useBrowser()

      it('has no text that is hard to read, and nothing beside the window, in any view', async (t) => {
        const { page, complaints, asked, serving } = await open(t, {}, { width, colorScheme })
        for (const view of Object.keys(VIEWS) as (keyof typeof VIEWS)[]) {
          await show(page, view)
          assert.deepEqual(await page.evaluate(FAINT), [], view)
          const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          assert.equal(over, 0, `${view} is wider than the window`)
        }
        assert.deepEqual(complaints, [])
        assert.deepEqual(
          asked.filter((address) => !address.startsWith(`${serving.page}`) && !address.startsWith('data:')),
          [],
        )
      })

      it('takes the colours that the system has', async (t) => {
        const { page } = await open(t, {}, { width, colorScheme })
        const [red = 0] =
          String(await page.evaluate('getComputedStyle(document.body).backgroundColor'))
            .match(/\d+/g)
            ?.map(Number) ?? []
        assert.equal(red > 200, colorScheme === 'light')
      })
    })
  }
}

describe('the inspector on a phone', { skip: browserIsMissing }, () => {
  const open = useBrowser()

  it('shows one thing after the other: a request, and the way back', async (t) => {
    const { page } = await open(t, {}, { width: 390, height: 844 })
    await page.getByRole('listbox').getByRole('option', { name: '/api/orders/1042' }).first().click()
    await page.getByRole('heading', { name: '500 GET /api/orders/1042' }).waitFor()
    assert.equal(await page.getByRole('listbox').isVisible(), false)
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('listbox').waitFor()
    await page.getByRole('listbox').getByRole('option').first().click()
    await page.getByRole('heading', { name: /cover/ }).waitFor()
    await page.goBack()
    await page.getByRole('listbox').waitFor()
  })
})
