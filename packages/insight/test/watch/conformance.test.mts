import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

/*
 * Answers are what they are without Insight: scenarios of the conformance tests, whose applications are watched here, and
 * whose answers are compared with those of stock Express that is not.
 */

const ROOT = fileURLToPath(new URL('../../../../..', import.meta.url))
const SUBJECT = fileURLToPath(new URL('../../../test/fixtures/watched-subject.cjs', import.meta.url))

const AREAS = [
  'res/send',
  'res/twice',
  'patching/prototypes',
  'patching/writes',
  'routing/errors',
  'routing/depth',
  'final/handler',
]

for (const [framework, carriers] of [
  ['nozomi', 'listen,turbo,inject'],
  ['express', 'listen'],
] as const) {
  test(`${framework}: the scenarios of ${AREAS.length} areas are answered alike when they are watched`, async () => {
    // What is written of Nozomi's own ways fails on Express, with Insight and without.
    const variables = {
      CONFORMANCE_SUBJECT: SUBJECT,
      CONFORMANCE_CARRIERS: carriers,
      WATCHED_FRAMEWORK: framework,
    }
    const plain = await resultsOf({ ...variables, WATCHED: 'no' })
    const watched = await resultsOf(variables)
    assert.ok(plain.filter((line) => line.startsWith('ok')).length > 50, plain.join('\n'))
    assert.deepEqual(watched, plain)
  })
}

/** The lines `ok` and `not ok` of the scenarios. */
async function resultsOf(variables: Record<string, string>): Promise<string[]> {
  const env: NodeJS.ProcessEnv = { ...process.env, ...variables }
  // Set by a runner of tests: the inner one would think that it is a part of it.
  delete env['NODE_TEST_CONTEXT']
  const files = AREAS.map((area) => `conformance/build/scenarios/${area}.js`)
  const child = spawn(process.execPath, ['--test', '--test-reporter=tap', ...files], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const output = await text(child.stdout)
  return output.split('\n').filter((line) => /^(?:not )?ok /.test(line))
}
