/**
 * Which test files of the shop share a process. Loading the shop, and starting an embedded database for it, takes longer than most
 * of its files run: those of some folders do both once, for each framework.
 *
 * A process that has been told the framework keeps to it, so files of the two never meet.
 */
import { basename, dirname } from 'node:path'

/** By the folder of a file. What is in no group has a process of its own. */
const GROUPS = {
  people: ['identity'],
  goods: ['api', 'catalogue', 'graphql', 'images', 'stock'],
  sales: ['accounts', 'events', 'orders', 'shipping'],
  talk: ['chat', 'live-stock', 'notifications'],
  floor: ['domain', 'http', 'openapi', 'operations', 'platform'],
}

/**
 * Those change their process for good (the provider of traces), ask for all that it holds (memory, timers), or do nothing but wait
 * for other processes, beside which something else can run.
 */
const ALONE = /^(?:bare-checkout|cluster|operations|production|slow-client|stopping|tracing)\b/

/**
 * @param {readonly string[]} files Paths of compiled test files of the shop.
 * @returns {(string | import('./run-tests.mjs').Group)[]} The groups, and the files that are in none.
 */
export function groupShopTests(files) {
  const groups = new Map()
  const alone = []
  for (const file of files) {
    const name = groupOf(file)
    if (name === null) alone.push(file)
    else groups.set(name, [...(groups.get(name) ?? []), file])
  }
  return [...[...groups].map(([name, members]) => ({ name, files: members })), ...alone]
}

function groupOf(file) {
  const name = basename(file)
  const group = Object.keys(GROUPS).find((known) => GROUPS[known].includes(basename(dirname(file))))
  if (group === undefined || ALONE.test(name)) return null
  const [, framework = 'its-parts'] = /-on-(express|nozomi)\./.exec(name) ?? []
  return `shop-${group}-${framework}`
}
