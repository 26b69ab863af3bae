import { after, before, type TestContext } from 'node:test'
import { FakeSource } from '../fake-source.mjs'
import { afternoon, failing, hung, listing } from '../records.mjs'
import { serve, type Serving, type ServingOptions } from '../serving.mjs'
import { browserIsMissing, type Look, TestBrowser, type Window } from './browser.mjs'

export interface Opened extends Window {
  readonly serving: Serving
  readonly source: FakeSource
}

export type Open = (t: TestContext, options?: ServingOptions, look?: Look) => Promise<Opened>

/** A browser for the tests of a file; gives what opens the inspector of an application in a window of it. */
export function useBrowser(): Open {
  let browser: TestBrowser | undefined
  before(async () => {
    if (browserIsMissing === false) browser = await TestBrowser.open()
  })
  after(() => browser?.close())
  return async (t, options = {}, look = {}) => {
    if (browser === undefined) throw new Error('there is no browser')
    const source = options.source ?? usualSource()
    const serving = await serve({ ...options, source })
    t.after(() => serving.close())
    const window = await browser.visit(serving.page, look)
    t.after(() => window.page.context().close())
    return { ...window, serving, source }
  }
}

/** 60 requests of an afternoon (some slow, some failed), one that hangs (61), one that failed (62), and one more (63). */
export function usualSource(): FakeSource {
  const now = Date.now()
  return new FakeSource([
    ...afternoon(60),
    hung(61, now - 7000),
    failing(62, now - 900),
    listing(63, now - 300, 38),
  ])
}
