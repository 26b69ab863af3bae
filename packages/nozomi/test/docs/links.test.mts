import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, it } from 'node:test'
import { type Page, readPages, ROOT } from './markdown.mjs'

const pages = new Map(readPages().map((page) => [page.path, page]))

/** What is wrong with a link to another place of this repository; nothing, when it leads there. */
function faultOf(page: Page, target: string): string | null {
  const [path = '', anchor] = target.split('#')
  const file =
    path === '' ? page.path : normalize(join(dirname(page.path), decodeURI(path))).replaceAll('\\', '/')
  if (!existsSync(join(ROOT, file))) return 'there is no such file'
  if (anchor === undefined) return null
  const anchors = pages.get(file)?.anchors
  if (!anchors) return 'it has an anchor, and leads to no page'
  return anchors.has(anchor) ? null : 'there is no such heading'
}

describe('the links in the Markdown files', () => {
  for (const page of pages.values()) {
    it(`of ${page.path} lead somewhere`, () => {
      const faults = page.links
        .filter(({ target }) => !/^[a-z][a-z+.-]*:/i.test(target))
        .flatMap(({ target, line }) => {
          const fault = faultOf(page, target)
          return fault === null ? [] : [`${page.path}:${line}: ${target}: ${fault}`]
        })
      assert.deepEqual(faults, [])
    })
  }

  it('are many: the test has found the docs', () => {
    const count = [...pages.values()].reduce((sum, { links }) => sum + links.length, 0)
    assert.ok(pages.size > 20 && count > 100, `${pages.size} pages, ${count} links`)
  })
})
