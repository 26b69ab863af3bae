import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { catalogue } from '#dist/problems/catalogue.js'

/*
 * The reference is whole: it has a row for each code, with its status, and for each issue code.
 */

const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(join(PACKAGE, '../../docs/reference/schema.md'), 'utf8')

/** The first two cells of the rows below a heading, without the code marks. */
function rowsBelow(heading: string): Map<string, string> {
  const section = page.slice(page.indexOf(`\n## ${heading}\n`) + 1).split(/\n## /)[0] as string
  const rows = section.matchAll(/^\| `(\w+)` \| ([^|]*?) \|/gm)
  return new Map(Array.from(rows, ([, name, cell]) => [name as string, (cell as string).replaceAll('`', '')]))
}

describe('the reference of the codes', () => {
  const rows = rowsBelow('Codes')

  it('has each code of the catalogue, with its status', () => {
    for (const [code, { status }] of Object.entries(catalogue)) {
      assert.ok(rows.has(code), code)
      assert.match(rows.get(code) as string, new RegExp(`^${status}\\b`), code)
    }
  })

  it('has each code that the source mentions, warnings too, and no other', () => {
    const mentioned = new Set<string>(Object.keys(catalogue))
    for (const path of readdirSync(join(PACKAGE, 'src'), { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.ts')) continue
      const source = readFileSync(join(PACKAGE, 'src', path), 'utf8')
      for (const [, code] of source.matchAll(/'(NOZOMI_\w+)'/g)) mentioned.add(code as string)
    }
    assert.deepEqual([...rows.keys()].toSorted(), [...mentioned].toSorted())
  })
})

describe('the reference of the issue codes', () => {
  it('has each member of the type IssueCode, and no other', () => {
    const source = readFileSync(join(PACKAGE, 'src/types/issue.ts'), 'utf8')
    const type = /export type IssueCode =\n((?: {2}\| '\w+'\n)+)/.exec(source)?.[1] as string
    const codes = Array.from(type.matchAll(/'(\w+)'/g), ([, code]) => code as string)
    assert.deepEqual([...rowsBelow('Issue codes').keys()].toSorted(), codes.toSorted())
  })
})
