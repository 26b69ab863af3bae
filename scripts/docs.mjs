/**
 * Writes the parts of the docs that are made from the source:
 *
 *     node scripts/docs.mjs            writes them
 *     node scripts/docs.mjs --check    says which are stale, and fails
 *
 * Such a part stands between two comments in its page, `<!-- made by scripts/docs.mjs: NAME -->` and
 * `<!-- end: NAME -->`; all around it is written by hand. It is made from the build, which is brought up to date first:
 * that takes half a second when nothing has changed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { adapted } from './node-suite/adapted.mjs'
import { reasons } from './node-suite/inapplicable.mjs'
import { compile, installIfNeeded } from './run.mjs'

const ROOT = new URL('../', import.meta.url)
/** The projects that the parts are made from. */
const SOURCES = ['packages/nozomi', 'conformance']

const PARTS = [
  { page: 'docs/reference/errors.md', name: 'errors', make: makeErrors },
  { page: 'docs/reference/differences.md', name: 'differences', make: makeDifferences },
  { page: 'docs/reference/turbo-node-suite.md', name: 'inapplicable', make: () => makeGroups(reasons) },
  { page: 'docs/reference/turbo-node-suite.md', name: 'adapted', make: () => makeGroups(adapted) },
  { page: 'docs/explanation/turbo.md', name: 'refusals', make: makeRefusals },
  { page: 'docs/reference/carriers.md', name: 'limits', make: makeLimits },
]

/** The pages as the build has them: `{ page, current, wanted }`, with their paths from the root. */
export async function madePages() {
  const pages = new Map()
  for (const { page, name, make } of PARTS) {
    const current = pages.get(page)?.current ?? readFileSync(new URL(page, ROOT), 'utf8')
    const text = pages.get(page)?.wanted ?? current
    pages.set(page, { page, current, wanted: withPart(page, text, name, await make()) })
  }
  return [...pages.values()]
}

function withPart(page, text, name, part) {
  const [start, end] = [`<!-- made by scripts/docs.mjs: ${name} -->`, `<!-- end: ${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`${page} has no place for ${name}: "${start}" ... "${end}"`)
  return `${text.slice(0, from + start.length)}\n\n${part}\n\n${text.slice(to)}`
}

async function makeErrors() {
  const { catalogue } = await import(new URL('packages/nozomi/dist/errors/catalogue.js', ROOT))
  const rows = Object.entries(catalogue).map(([code, { status, type, message }]) => {
    const text = message(...argumentNames(message).map((name) => `‹${name}›`))
    return `| [\`${code}\`](#${code.toLowerCase()}) | ${status} | ${type ? `\`${type}\`` : ''} | ${cell(text)} |`
  })
  return ['| code | status | type | message |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** The parameters of a message, by name: they stand for what the error was about. */
function argumentNames(message) {
  const list = /^\(?([^)=]*)\)?\s*=>/.exec(message.toString())?.[1] ?? ''
  return list.split(',').flatMap((name) => name.trim() || [])
}

async function makeDifferences() {
  const { differences } = await import(new URL('conformance/build/differences.js', ROOT))
  return differences
    .map(({ id, what, reason, switchBack }) =>
      [
        `### ${id}`,
        sentence(what),
        `Why: ${sentence(reason)}`,
        ...(switchBack ? [`Back to Express: ${sentence(switchBack)}`] : []),
      ].join('\n\n'),
    )
    .join('\n\n')
}

/** Tests of node, by what they have in common. */
function makeGroups(groups) {
  return groups
    .map(({ title, why, tests }) => {
      const names = Array.isArray(tests) ? tests : Object.keys(tests)
      return [`### ${title}`, sentence(why), names.map((test) => `- \`${test}\``).join('\n')].join('\n\n')
    })
    .join('\n\n')
}

/** What turbo takes otherwise than node:http, from the list that both are tested against. */
async function makeRefusals() {
  const module = 'packages/nozomi/build/test/server/turbo/differential/known-differences.mjs'
  const { KNOWN_DIFFERENCES } = await import(new URL(module, ROOT))
  const rows = KNOWN_DIFFERENCES.map(
    ({ name, rfc, reason, refusals }) =>
      `| ${cell(name)} | ${[...new Set(refusals.map(({ status }) => status))].join(', ') || '–'} | ${rfc} | ${cell(reason)} |`,
  )
  return ['| what | answer | RFC | why |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** Scenarios that a carrier can't play, by their reasons. */
async function makeLimits() {
  const { LIMITS, REASONS } = await import(new URL('conformance/build/harness/relayed-limits.js', ROOT))
  return Object.entries(LIMITS)
    .map(([carrier, limits]) => {
      const rows = Object.entries(REASONS).flatMap(([reason, why]) => {
        const scenarios = Object.keys(limits).filter((scenario) => limits[scenario] === reason)
        return scenarios.length === 0 ? [] : [`| ${cell(why)} | ${scenarios.map(cell).join('<br>')} |`]
      })
      const head = `### ${carrier}: ${Object.keys(limits).length} scenarios`
      return [head, ['| why | scenarios |', '| --- | --- |', ...rows].join('\n')].join('\n\n')
    })
    .join('\n\n')
}

function sentence(text) {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`
}

/** Text for a cell of a table. */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  installIfNeeded()
  for (const project of SOURCES) compile(project)
  const stale = (await madePages()).filter(({ current, wanted }) => current !== wanted)
  const isCheck = process.argv.includes('--check')
  for (const { page, wanted } of stale) {
    if (!isCheck) writeFileSync(new URL(page, ROOT), wanted)
    console.log(`${page} ${isCheck ? 'is stale: run node scripts/docs.mjs' : 'was written'}`)
  }
  if (isCheck && stale.length > 0) process.exitCode = 1
}
