import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import type { Page } from 'playwright-core'
import type { TestShop } from '../support/test-shop.js'
import type { BrowserTests, Window } from './browser.js'
import { follow, signIn } from './page-actions.js'

export function describeChat({ shop, browser }: BrowserTests): void {
  let ada: Window
  let grace: Window

  before(async () => {
    ;[ada, grace] = await Promise.all([browser().visitor(), browser().visitor(390, 844)])
    await Promise.all([signIn(ada.page, 'ada'), signIn(grace.page, 'grace')])
  })

  it('lets two people talk: who is here, who types, what was said, who has read it', async () => {
    await follow(ada.page, 'Chat')
    await follow(grace.page, 'Chat')
    await ada.page.getByRole('button', { name: 'Talk to Grace Customer in private' }).waitFor()

    await say(ada.page, 'Is it <b>blue</b>?')
    await logOf(grace.page).getByText('Is it <b>blue</b>?', { exact: true }).waitFor()
    await ada.page.getByText('Read by Grace Customer').waitFor()

    await grace.page.getByLabel('Message', { exact: true }).pressSequentially('Yes')
    await ada.page.getByText('Grace Customer is typing …').waitFor()
    await grace.page.keyboard.press('Enter')
    await logOf(ada.page).getByText('Yes', { exact: true }).waitFor()
    await grace.page.getByText('Read by Ada Customer').waitFor()
    assert.equal(await logOf(ada.page).getByText('Yes', { exact: true }).count(), 1)
  })

  it('has a room of their own for two, and names them the messages that name them', async () => {
    await ada.page.getByRole('button', { name: 'Talk to Grace Customer in private' }).click()
    await ada.page.getByRole('heading', { level: 1, name: 'Ada Customer and Grace Customer' }).waitFor()
    await grace.page.getByRole('link', { name: /^Ada Customer and Grace Customer/ }).click()
    await grace.page.getByRole('heading', { level: 1, name: 'Ada Customer and Grace Customer' }).waitFor()
    await ada.page.getByRole('button', { name: 'Talk to Grace Customer in private' }).waitFor()
    const nothing = ada.page.getByText('Nothing has been said here yet.')
    await nothing.waitFor()
    await follow(grace.page, 'Shop')
    await say(ada.page, 'Only for you, @Grace')
    await nothing.waitFor({ state: 'hidden' })
    await grace.page.getByRole('link', { name: /^News 1 unread/ }).click()
    await grace.page.getByRole('link', { name: /Ada Customer named you/ }).click()
    await logOf(grace.page).getByText('Only for you, @Grace').waitFor()
  })

  it('shows what was said before when the visitor scrolls up to it', async () => {
    await tellStories(shop(), 45)
    await follow(ada.page, 'Shop')
    await follow(ada.page, 'Chat')
    const log = logOf(ada.page)
    await log.getByText('story 45', { exact: true }).waitFor()
    assert.equal(await log.getByText('story 2', { exact: true }).count(), 0)
    await log.hover()
    await ada.page.mouse.wheel(0, -20_000)
    await log.getByText('story 2', { exact: true }).waitFor()
    const shown = await log.locator('.bubble').allTextContents()
    const stories = shown.filter((text) => text.startsWith('story'))
    assert.deepEqual(
      stories,
      Array.from({ length: 45 }, (_each, index) => `story ${index + 1}`),
    )
    assert.deepEqual([...ada.complaints, ...grace.complaints], [])
  })
}

function logOf(page: Page) {
  return page.getByRole('log', { name: 'Messages' })
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text)
  await page.keyboard.press('Enter')
}

/** Said by several people: one alone may not say so much at once. */
async function tellStories({ cradle }: TestShop, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const id = `teller-${Math.floor(index / 15)}`
    const teller = {
      id,
      name: 'Teller',
      email: `${id}@shop.example`,
      roles: [],
      permissions: [],
      via: 'token',
    } as const
    const text = `story ${index + 1}`
    await cradle.chat.send(teller, { roomId: 'support', clientId: `client-${index}`, text, mentions: [] })
  }
}
