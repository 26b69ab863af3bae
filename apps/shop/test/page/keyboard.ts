import type { Page } from 'playwright-core'

const MOST = 120

/** Presses Tab until what has the focus is called that, by its label or its text. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < MOST; presses += 1) {
    await page.keyboard.press('Tab')
    if ((await focusedName(page)).startsWith(name)) return
  }
  throw new Error(`${MOST} times Tab did not lead to ${name}, but last to ${await focusedName(page)}`)
}

/** In place of what is in the field. */
export async function typeAtFocus(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const { activeElement: at } = document
    return (at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent ?? '').trim()
  })()`)
}
