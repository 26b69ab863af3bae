import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserIsMissing } from './browser.mjs'
import { useBrowser } from './opened.mjs'

const TOKEN = 'correct-horse-battery-staple'

describe('the token in a browser', { skip: browserIsMissing }, () => {
  const open = useBrowser()

  it('is typed once; then the page is there, and follows the application', async (t) => {
    const { page, complaints, source } = await open(t, { isProduction: true, token: TOKEN })
    await page.getByLabel('Token').fill('something-else-entirely')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('That is not the token.').waitFor()
    await page.getByLabel('Token').fill(TOKEN)
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByText('63 requests').waitFor()
    source.add({ ...[...source.records()][0], id: 64, url: '/after' } as never)
    await page.getByRole('listbox').getByRole('option', { name: '/after' }).waitFor()
    await page.reload()
    await page.getByText('64 requests').waitFor()
    assert.equal(await page.evaluate('document.cookie'), '')
    // The browser notes the status of the form.
    assert.deepEqual(
      complaints.filter((text) => !text.includes('401')),
      [],
    )
  })
})
