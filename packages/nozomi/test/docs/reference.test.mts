import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { METHODS } from 'node:http'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { compilePath } from '#dist/routing/pattern/compile.js'
import { toExpress5Pattern } from '#dist/routing/pattern/to-express5.js'
import { readPage, ROOT } from './markdown.mjs'

/*
 * The reference is whole: it has a heading for all that there is.
 */

const VERBS = new Set(METHODS.map((method) => method.toLowerCase()))

/** Members under another name, and what is described under that of another member. */
const SAME = new Set(['header', 'contentType', 'defaultConfiguration', 'get'])

/** The members of a prototype that have no heading `<object>.<name>` on the page. */
function missingOn(page: string, object: string, prototype: object): string[] {
  const { headings } = readPage(page)
  return Object.keys(prototype)
    .filter((name) => !VERBS.has(name) && !SAME.has(name))
    .filter((name) => !headings.some((heading) => new RegExp(`^${object}\\.${name}\\b`).test(heading)))
}

describe('the reference has a heading for each member', () => {
  for (const [page, object, prototype] of [
    ['application', 'app', nozomi.application],
    ['application', 'app', nozomi()],
    ['request', 'req', nozomi.request],
    ['response', 'res', nozomi.response],
    ['router', 'router', nozomi.Router.prototype],
  ] as const) {
    it(`of ${object} (${Object.keys(prototype).length})`, () => {
      const missing = missingOn(`docs/reference/${page}.md`, object, prototype)
      assert.deepEqual(
        missing.filter((name) => !name.startsWith('_')),
        [],
      )
    })
  }

  it('and notices when one has none', () => {
    assert.deepEqual(missingOn('docs/reference/router.md', 'router', { use() {}, fly() {} }), ['fly'])
  })
})

describe('the reference of the settings', () => {
  it('has a heading for each setting of the type Settings', () => {
    const source = readFileSync(join(ROOT, 'packages/nozomi/src/types/settings.ts'), 'utf8')
    const body = /export interface Settings \{\n(.*?)\n\}/s.exec(source)?.[1] as string
    const names = Array.from(body.matchAll(/^ {2}'?([a-z -]+?)'?:/gm), ([, name]) => name as string)
    const { headings } = readPage('docs/reference/settings.md')
    assert.ok(names.length >= 20, `${names.length} settings found`)
    assert.deepEqual(
      names.filter((name) => !headings.includes(name)),
      [],
    )
  })

  it('has a heading for each setting that the source reads', () => {
    const { headings } = readPage('docs/reference/settings.md')
    for (const name of [
      'thrown routing signals',
      'validate host',
      'views anywhere',
      'view settings from values',
    ]) {
      assert.ok(headings.includes(name), name)
    }
  })
})

/** The rows of the table below a heading, cell by cell, without the code marks. */
function tableBelow(page: string, heading: string): string[][] {
  const source = readFileSync(join(ROOT, page), 'utf8')
  const section = source.slice(source.indexOf(`\n## ${heading}\n`)).split(/\n## /)[1] as string
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    )
}

const unquote = (cell: string) => cell.replace(/^`|`$/g, '').replaceAll('\\\\', '\\')

describe('the translation table of the patterns', () => {
  const rows = tableBelow('docs/reference/patterns.md', 'Translation')

  it('is found', () => assert.ok(rows.length >= 10))

  for (const [old = '', wanted = '', differs = ''] of rows) {
    it(`says what becomes of ${old}`, () => {
      const { pattern, differences } = toExpress5Pattern(unquote(old))
      assert.equal(pattern, wanted === 'none' ? undefined : unquote(wanted))
      assert.equal(differs === '', differences.length === 0, differences.join('; '))
      if (pattern !== undefined) compilePath(pattern, {})
    })
  }
})
