import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { OBSERVED_RULES } from '#dist/audit/observed-rules.js'
import { RULES } from '#dist/audit/rules.js'

const PAGE = readFileSync(new URL('../../../../../docs/reference/audit.md', import.meta.url), 'utf8')

/** What the page says of each rule: the text below its heading. */
const sections = new Map(
  [...PAGE.matchAll(/^### `([\w-]+)`\n\n([\s\S]*?)(?=^#|(?![\s\S]))/gmu)].map(([, name = '', text = '']) => [
    name,
    text,
  ]),
)

test('the reference has a heading for each rule, and for nothing else', () => {
  const names = new Set([...RULES, ...OBSERVED_RULES].map(({ name }) => name))
  assert.deepEqual([...sections.keys()].toSorted(), [...names].toSorted())
})

test('the reference names the severity of each rule', () => {
  for (const { name, severity } of [...RULES, ...OBSERVED_RULES]) {
    assert.match(sections.get(name) ?? '', new RegExp(`^${severity}\\b`, 'iu'), name)
  }
})

test('the reference says of each rule how it knows', () => {
  for (const [name, text] of sections) assert.match(text, /\bIt knows\b/u, name)
})

test('a rule says why it matters, in sentences', () => {
  for (const { name, why } of [...RULES, ...OBSERVED_RULES]) assert.match(why, /^[A-Z].*\.\)?$/u, name)
})
