import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { TestShop } from '../support/test-shop.js'

const CHROMIUM = process.env.TEST_CHROMIUM ?? '/usr/bin/chromium'

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

/** What a suite needs: there is a shop and a browser only while its tests run. */
export interface BrowserTests {
  readonly shop: () => TestShop
  readonly browser: () => TestBrowser
}

export interface Window {
  readonly page: Page
  /** What the browser complained about: errors of scripts, and what the policy of the page forbids. */
  readonly complaints: readonly string[]
}

/** A browser of our own, in a folder of its own, on a shop. */
export class TestBrowser {
  readonly #browser: Browser
  readonly #address: string
  readonly #folder: string

  private constructor(browser: Browser, address: string, folder: string) {
    this.#browser = browser
    this.#address = address
    this.#folder = folder
  }

  static async open(address: string): Promise<TestBrowser> {
    const folder = await mkdtemp(join(tmpdir(), 'shop-browser-'))
    const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder }
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, env })
    return new TestBrowser(browser, address, folder)
  }

  /** A visitor with cookies of their own. */
  async visitor(width = 1280, height = 800): Promise<Window> {
    const context = await this.#browser.newContext({
      baseURL: this.#address,
      viewport: { width, height },
      reducedMotion: 'reduce',
    })
    return this.#window(context)
  }

  /** Another window of the same visitor. */
  secondWindow({ page }: Window): Promise<Window> {
    return this.#window(page.context())
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #window(context: BrowserContext): Promise<Window> {
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    return { page, complaints }
  }
}
