import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, it } from 'node:test'
import { catalogue } from '#dist/errors/catalogue.js'
import { readPage, ROOT } from './markdown.mjs'

interface MadePage {
  page: string
  current: string
  wanted: string
}

const { madePages } = (await import(pathToFileURL(join(ROOT, 'scripts/docs.mjs')).href)) as {
  madePages(): Promise<MadePage[]>
}

describe('the parts of the docs that are made from the source', () => {
  it('are up to date; if not, run node scripts/docs.mjs', async () => {
    const pages = await madePages()
    assert.ok(pages.length > 0)
    for (const { page, current, wanted } of pages) assert.equal(current, wanted, page)
  })
})

describe('the reference of the errors', () => {
  const { headings } = readPage('docs/reference/errors.md')

  it('has a heading for each code of the catalogue', () => {
    for (const code of Object.keys(catalogue)) assert.ok(headings.includes(code), code)
  })

  it('has a heading for each code that the source mentions, warnings too, and for no other', () => {
    const mentioned = new Set<string>(Object.keys(catalogue))
    const folder = join(ROOT, 'packages/nozomi/src')
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.ts')) continue
      // What is given to `super` is the name of an async resource, and what is looked up in `env` that of a variable.
      const codes = readFileSync(join(folder, path), 'utf8').matchAll(/(?<!super\(|env\[)'(NOZOMI_\w+)'/g)
      for (const [, code] of codes) mentioned.add(code as string)
    }
    assert.deepEqual(
      headings.filter((heading) => heading.startsWith('NOZOMI_')).toSorted(),
      [...mentioned].toSorted(),
    )
  })
})
