import { after, before, describe, it } from 'node:test'
import { examplesOf } from './example.mjs'
import { readPages } from './markdown.mjs'
import { Workbench } from './project.mjs'
import { runExample } from './run-example.mjs'

/*
 * Every program in the docs is run, and does what the comments in it say. CONTRIBUTING.md describes the notation.
 */

/** Pages outside of the docs whose programs are run, too. */
const WITH_EXAMPLES = new Set([
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'packages/nozomi/README.md',
  'packages/insight/README.md',
  'packages/schema/README.md',
])

const workbench = new Workbench()
after(() => workbench.remove())

describe('the programs in the docs', { concurrency: 2 }, () => {
  const pages = readPages().filter(({ path }) => path.startsWith('docs/') || WITH_EXAMPLES.has(path))
  const examples = pages.flatMap(examplesOf)
  before(() => workbench.prepare(examples))
  for (const example of examples) {
    it(example.name, async () => runExample(example, await workbench.create(example)))
  }
})
