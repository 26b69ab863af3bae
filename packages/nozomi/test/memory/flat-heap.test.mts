import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { BOUND_BYTES, KIND_NAMES } from './flood.mjs'

const PROCESS = fileURLToPath(import.meta.resolve('./flooded-process.mjs'))

/** What is compiled stays: else the collections of one kind give back what another one took. */
const FLAGS = ['--expose-gc', '--no-flush-bytecode']

describe('the heap of a server does not grow with distinct', () => {
  let bytes: Record<string, number>

  before(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [...FLAGS, PROCESS])
    bytes = JSON.parse(stdout) as Record<string, number>
  })

  for (const kind of KIND_NAMES) {
    it(kind, () => {
      const growth = bytes[kind] as number
      assert.ok(growth < BOUND_BYTES, `each request leaves ${growth} bytes behind`)
    })
  }
})
