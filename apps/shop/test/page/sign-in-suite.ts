import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { SAMPLE_ACCOUNTS } from '#shop/modules/identity/seed/sample-accounts.js'
import type { TestIdentityProvider } from '../identity/identity-provider.js'
import type { BrowserTests } from './browser.js'
import { follow, openProduct, PEOPLE, signIn, widerThanWindow } from './page-actions.js'

const PRODUCT = 'Kyusu Side-Handle Pot, charcoal'

interface SignInTests extends BrowserTests {
  readonly provider: () => TestIdentityProvider
}

/** Signing in to the page by tokens, by a session, and through an identity provider that is a real implementation. */
export function describeSignIn({ browser, provider }: SignInTests): void {
  describe('through an identity provider', () => {
    it('brings the visitor back to where they were going, with all that the shop has for them', async () => {
      const { page, complaints } = await browser().visitor()
      visitorOf(provider(), 'lin', 'Lin Provided')
      await page.goto('/')
      await openProduct(page, PRODUCT)
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.getByRole('link', { name: /^Cart 1/ }).click()
      await page.getByRole('link', { name: 'Sign in to order' }).click()
      await throughProvider(page, provider())

      await page.waitForURL('**/cart')
      assert.equal(await nameOf(page), 'Lin Provided')
      assert.equal(await page.getByRole('link', { name: 'Sign in' }).count(), 0)
      await page.getByRole('link', { name: /^Cart 1/ }).waitFor()

      await openProduct(page, 'Nambu 0.9 l, moss')
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.getByRole('link', { name: /^Cart 2/ }).click()
      await page.getByLabel('Postal code').fill('1012 AB')
      await page.getByRole('button', { name: 'Place order' }).click()
      await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
      // Over the socket, which the session opened.
      await page.getByRole('button', { name: 'Confirm order' }).click()
      await page.getByRole('link', { name: /^News \d unread/ }).waitFor()
      await page.goto('/orders')
      await page.getByRole('link', { name: /Kyusu|Nambu/ }).waitFor()

      await signOut(page)
      await assertNobody(page)
      assert.deepEqual(complaints, [])
    })

    it('lets who has a session talk in the chat', async () => {
      const { page, complaints } = await browser().visitor()
      visitorOf(provider(), 'mo', 'Mo Provided')
      await page.goto('/chat')
      await throughProvider(page, provider())
      await page.waitForURL('**/chat')
      await sayInChat(page, 'Here by a session')
      assert.deepEqual(complaints, [])
    })

    it('says so when the visitor says no, and leads to no other site', async () => {
      const { page } = await browser().visitor()
      await page.goto('/sign-in?then=//evil.example/')
      const button = page.getByRole('link', { name: 'Sign in with The Provider' })
      assert.match((await button.getAttribute('href')) ?? '', /^\/sign-in\/oidc\?returnTo=%2F$/)
      provider().asks = true
      await button.click()
      await page.getByRole('button', { name: 'No' }).click()
      await page.getByRole('alert').filter({ hasText: 'You were not signed in.' }).waitFor()
      assert.equal(new URL(page.url()).pathname, '/sign-in')
      await assertNobody(page)
    })

    it('takes the place of a sign-in by password, and the other way round', async () => {
      const { page, complaints } = await browser().visitor()
      visitorOf(provider(), 'lin', 'Lin Provided')
      await signIn(page, 'ada')
      await page.goto('/sign-in')
      await throughProvider(page, provider())
      assert.equal(await nameOf(page), 'Lin Provided')
      await page.reload()
      assert.equal(await nameOf(page), 'Lin Provided')

      await page.goto('/sign-in')
      await fillIn(page, 'grace')
      await page.waitForURL((url) => url.pathname === '/')
      await page.getByText('Welcome back, Grace Customer.').waitFor()
      await page.reload()
      assert.equal(await nameOf(page), 'Grace Customer')
      await signOut(page)
      await assertNobody(page)
      assert.deepEqual(complaints, [])
    })
  })

  describe('by a session', () => {
    it('is what the page goes on with: who it is, what they write, what they upload', async () => {
      const { page, complaints } = await browser().visitor()
      await page.goto('/')
      await openSession(page, 'admin')
      await page.goto('/orders')
      await page.getByRole('heading', { level: 1, name: 'Your orders' }).waitFor()
      assert.equal(await nameOf(page), 'Alex Admin')
      await openProduct(page, PRODUCT)
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.getByRole('link', { name: /^Cart 1/ }).waitFor()

      await follow(page, 'Admin')
      await page.getByRole('searchbox', { name: 'Find a product' }).fill(PRODUCT)
      await page.getByRole('link', { name: PRODUCT, exact: true }).click()
      const buffer = await page.screenshot()
      await page.getByLabel('Pictures').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer })
      await page.getByLabel('What they show').fill('Sent by a session')
      await page.getByRole('button', { name: 'Upload' }).click()
      await page.getByRole('img', { name: 'Sent by a session' }).waitFor()

      const before = await page.context().cookies()
      await signOut(page)
      await assertNobody(page)
      const kept = before.map(({ name, value }) => `${name}=${value}`).join('; ')
      const copy = await page.context().request.get('/api/v1/auth/session', { headers: { Cookie: kept } })
      assert.equal(copy.status(), 401, 'also for who has a copy of the cookie')
      assert.deepEqual(complaints, [])
    })

    it('keeps the chat when it begins anew elsewhere', async () => {
      const { page, complaints } = await browser().visitor()
      await page.goto('/')
      await openSession(page, 'grace')
      await page.goto('/chat')
      await sayInChat(page, 'By the first session')
      const again = page.waitForEvent('websocket')
      const { csrfToken } = (await page.evaluate(
        `fetch('/api/v1/auth/session').then((answer) => answer.json())`,
      )) as { csrfToken: string }
      await openSession(page, 'grace', { 'X-CSRF-Token': csrfToken })
      // The connection came with the cookie of a session that has ended.
      await again
      await sayInChat(page, 'By the second session')
      assert.deepEqual(complaints, [])
    })

    it('that has ended elsewhere is no guest’s: the page asks who it is', async () => {
      const { page } = await browser().visitor()
      await page.goto('/')
      await openSession(page, 'ada')
      await page.goto('/cart')
      assert.equal(await nameOf(page), 'Ada Customer')
      await page.evaluate(`fetch('/api/v1/auth/session').then((answer) => answer.json()).then(({ csrfToken }) =>
        fetch('/api/v1/auth/session', { method: 'DELETE', headers: { 'X-CSRF-Token': csrfToken } }))`)
      await follow(page, 'Orders')
      await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
      await assertNobody(page)
    })
  })

  describe('in two windows', () => {
    it('is noticed by the other one, like the sign-out, by tokens and by a session', async () => {
      const first = await browser().visitor()
      const second = await browser().secondWindow(first)
      const third = await browser().secondWindow(first)
      await second.page.goto('/cart')
      await third.page.goto('/sign-in?then=%2Forders')
      await third.page.getByLabel('E-mail address').waitFor()
      await first.page.bringToFront()
      await signIn(first.page, 'ada')
      assert.equal(await nameOf(second.page), 'Ada Customer')
      await third.page.getByRole('heading', { level: 1, name: 'Your orders' }).waitFor()
      await signOut(first.page)
      for (const { page } of [second, third])
        await page.getByRole('link', { name: 'Sign in' }).first().waitFor()

      visitorOf(provider(), 'lin', 'Lin Provided')
      await first.page.goto('/sign-in')
      await throughProvider(first.page, provider())
      assert.equal(await nameOf(second.page), 'Lin Provided')
      await second.page.bringToFront()
      await openProduct(second.page, PRODUCT)
      await second.page.getByRole('button', { name: 'Add to cart' }).click()
      await second.page.getByRole('link', { name: /^Cart 1/ }).waitFor()
      await signOut(second.page)
      await first.page.getByRole('link', { name: 'Sign in' }).waitFor()
      assert.deepEqual([...first.complaints, ...second.complaints, ...third.complaints], [])
    })
  })

  describe('its page', () => {
    it('offers the accounts of a shop in development, and fills their fields in', async () => {
      const { page } = await browser().visitor(390, 844)
      await page.goto('/sign-in')
      const list = page.getByRole('region', { name: 'Accounts to try' })
      const shown = (await list.textContent()) ?? ''
      for (const { email } of SAMPLE_ACCOUNTS) assert.ok(shown.includes(email), email)
      assert.equal(await widerThanWindow(page), 0)
      await list.getByRole('button', { name: PEOPLE.grace.name }).click()
      await page.keyboard.press('Enter')
      assert.equal(await nameOf(page), PEOPLE.grace.name)
    })

    it('takes a name as long as the shop does, and leads to the page of the API', async () => {
      const { page } = await browser().visitor()
      await page.goto('/register')
      assert.equal(await page.getByLabel('Name').getAttribute('maxlength'), '80')
      await page.getByRole('contentinfo').getByRole('link', { name: 'The API' }).click()
      await page.waitForURL('**/api/docs')
      assert.equal(await page.title(), 'The API of the shop')
    })
  })
}

/** Who comes to the provider next. */
function visitorOf(provider: TestIdentityProvider, subject: string, name: string): void {
  provider.add(subject, { email: `${subject}@provided.example`, email_verified: true, name })
  provider.visiting = subject
  provider.asks = true
}

/** From the sign-in page to the provider and back: it asks who it is, and whether the shop may know. */
async function throughProvider(page: Page, { issuer }: TestIdentityProvider): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with The Provider' }).click()
  for (const question of ['login', 'consent']) {
    await page.getByRole('heading', { name: `The identity provider: ${question}` }).waitFor()
    assert.equal(new URL(page.url()).origin, issuer)
    await page.getByRole('button', { name: 'Yes' }).click()
  }
  await page.getByLabel('Your account').waitFor()
}

async function openSession(page: Page, who: keyof typeof PEOPLE, fields: object = {}): Promise<void> {
  const headers = JSON.stringify({ 'Content-Type': 'application/json', ...fields })
  const body = JSON.stringify(PEOPLE[who], ['email', 'password'])
  const status = await page.evaluate(`fetch('/api/v1/auth/session', {
    method: 'POST', headers: ${headers}, body: ${JSON.stringify(body)} }).then(({ status }) => status)`)
  assert.equal(status, 200)
}

async function fillIn(page: Page, who: keyof typeof PEOPLE): Promise<void> {
  await page.getByLabel('E-mail address').fill(PEOPLE[who].email)
  await page.getByLabel('Password').fill(PEOPLE[who].password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function sayInChat(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text)
  await page.keyboard.press('Enter')
  await page.getByRole('log', { name: 'Messages' }).getByText(text).waitFor()
}

/** Who is signed in, by the header. */
async function nameOf(page: Page): Promise<string | null> {
  await page.getByLabel('Your account').waitFor()
  return page.locator('#account-name').textContent()
}

async function signOut(page: Page): Promise<void> {
  await page.getByLabel('Your account').click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('You are signed out.').waitFor()
}

/** Neither the page nor the shop knows who it is; also after a reload. */
async function assertNobody(page: Page): Promise<void> {
  await page.goto('/')
  await page.locator('#sign-in-link').waitFor()
  assert.equal(await page.getByLabel('Your account').isVisible(), false)
  for (const address of ['/api/v1/auth/session', '/api/v1/users/me'])
    assert.equal((await page.context().request.get(address)).status(), 401)
  const refresh = await page.context().request.post('/api/v1/auth/refresh')
  assert.equal(refresh.status(), 401)
}
