import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const CHROMIUM = process.env['TEST_CHROMIUM'] ?? '/usr/bin/chromium'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Why tests in a browser can't run; false when they can. */
export const browserIsMissing: string | false = existsSync(CHROMIUM)
  ? false
  : `there is no Chromium at ${CHROMIUM} (TEST_CHROMIUM); apt-get install chromium`

export interface Window {
  readonly page: Page
  /** What the browser complained about: errors of scripts, and what the policy of the page forbids. */
  readonly complaints: string[]
  /** The addresses that were asked for. */
  readonly asked: string[]
}

/** A browser of our own, in a folder of its own. */
export class TestBrowser {
  readonly #browser: Browser
  readonly #folder: string

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser
    this.#folder = folder
  }

  static async open(): Promise<TestBrowser> {
    const folder = await mkdtemp(join(tmpdir(), 'schema-browser-'))
    const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder }
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ARGUMENTS,
      env: env as Record<string, string>,
    })
    return new TestBrowser(browser, folder)
  }

  /** A window on a page, as one of another visitor. */
  async visit(address: string): Promise<Window> {
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 1600 } })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const complaints: string[] = []
    const asked: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(address)
    return { page, complaints, asked }
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}
