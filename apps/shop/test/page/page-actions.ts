import type { Page } from 'playwright-core'

/** People of a shop in development. */
export const PEOPLE = {
  ada: { name: 'Ada Customer', email: 'ada@shop.example', password: 'shop-ada-demo' },
  grace: { name: 'Grace Customer', email: 'grace@shop.example', password: 'shop-grace-demo' },
  staff: { name: 'Sam Staff', email: 'staff@shop.example', password: 'shop-staff-demo' },
  admin: { name: 'Alex Admin', email: 'admin@shop.example', password: 'shop-admin-demo' },
} as const

export async function signIn(page: Page, who: keyof typeof PEOPLE): Promise<void> {
  const { email, password } = PEOPLE[who]
  await page.goto('/')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Your account').waitFor()
}

/** Goes to a room of the shop by its link. */
export async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Shop' }).getByRole('link', { name }).click()
}

/** Searches, and opens what is found first. */
export async function openProduct(page: Page, words: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search the shop' }).fill(words)
  await page.getByRole('heading', { level: 1, name: `“${words}”` }).waitFor()
  await page.locator('#grid[aria-busy="false"] a').first().click()
  await page.getByRole('button', { name: /cart|sold out/i }).waitFor()
}

/** By how much the page is wider than its window. */
export function widerThanWindow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}
