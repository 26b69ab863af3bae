import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { arbitraryFromSchema, fuzz, type FuzzReport } from '@nozomi/schema/fuzz'
import * as fc from 'fast-check'

const APP = fileURLToPath(new URL('support/slow-pattern-app.mjs', import.meta.url))

/** Each takes time to the power of what a text is long, for some that it refuses. */
const PATTERNS = ['^(([a-z])+.)+[A-Z]([a-z])+$', '(a+)+b', '^(\\w+\\s?)*$']

describe('a pattern that takes exponential time', () => {
  for (const pattern of PATTERNS) {
    test(`does not keep the fuzzer from ending: ${pattern}`, () => {
      // In a process of its own: what hangs in an expression can't be ended from within.
      const child = spawnSync(process.execPath, [APP, 'fuzz', pattern], { timeout: 60_000, encoding: 'utf8' })
      assert.equal(child.signal, null, 'it had to be ended')
      const { findings, notes, requests } = JSON.parse(child.stdout) as FuzzReport
      assert.deepEqual(findings, [])
      assert.ok(requests > 60)
      const note = notes.find((one) => one.startsWith(`the pattern ${pattern} takes too long for a text of `))
      assert.ok(note, notes.join('\n'))
    })
  }

  test('is a finding of a server that hangs by it', async (t) => {
    const child = spawn(process.execPath, [APP, 'serve', '(a+)+b'], { stdio: ['ignore', 'pipe', 'inherit'] })
    t.after(() => child.kill('SIGKILL'))
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const report = await fuzz({ target: String(line).trim(), seed: 7, timeoutMs: 2000, refusals: false })
    assert.deepEqual(
      report.findings.map(({ kind, mutation }) => [kind, mutation]),
      [['hang', 'very-long']],
    )
  })

  test('is no obstacle to values that fit it', () => {
    const pattern = '^([a-z]+)*$'
    const values = fc.sample(arbitraryFromSchema({ type: 'string', pattern, minLength: 1, maxLength: 40 }), {
      numRuns: 200,
      seed: 7,
    }) as string[]
    assert.ok(values.every((value) => /^[a-z]{1,40}$/u.test(value)))
  })
})

test('patterns that are meant well are held against texts of any length', () => {
  const email = '^[a-z0-9]+(\\.[a-z0-9]+)*@([a-z0-9]+\\.)+[a-z]{2,}$'
  const values = fc.sample(arbitraryFromSchema({ type: 'string', pattern: email, minLength: 30 }), {
    numRuns: 100,
    seed: 7,
  }) as string[]
  assert.ok(values.every((value) => value.length >= 30 && new RegExp(email, 'u').test(value)))
})
