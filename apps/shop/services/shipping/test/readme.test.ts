import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { status } from '@grpc/grpc-js'
import { REFUSAL_CODES } from '../contract/vocabulary.js'
import { Refused } from '../src/domain/refused.js'
import { statusOf } from '../src/grpc/grpc-status.js'
import { PROBLEMS } from '../src/http/problem.js'
import { readConfiguration, VARIABLES } from '../src/start/configuration.js'
import { DeadlineExceeded, Unavailable } from '../src/use-cases/call.js'
import { temporaryFolder } from './support/temporary-folder.js'
import { startTestService } from './support/test-service.js'

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const CLIENT = new URL('../client/index.js', import.meta.url).href

/** The cells of the rows of a table that begin with a word in code. */
function rowOf(word: string): readonly string[] {
  const line = README.split('\n').find((each) => each.startsWith(`| \`${word}\` |`))
  assert.ok(line, `the README has no row for ${word}`)
  return line.split('|').map((cell) => cell.trim())
}

/** The block of code that holds a text. */
function blockWith(text: string): string {
  const block = README.split('```').find((each, index) => index % 2 === 1 && each.includes(text))
  assert.ok(block, `the README has no block with ${text}`)
  return block.slice(block.indexOf('\n') + 1)
}

function run(command: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'pipe' })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('close', (code) => resolve({ code, output }))
  })
}

describe('the README', () => {
  it('has a row for every variable, with its default', () => {
    const defaults = Object.values(readConfiguration({}))
    VARIABLES.forEach((name, index) => {
      const shown = rowOf(name)[3] ?? ''
      const value = String(defaults[index])
      assert.ok(value.endsWith(shown.replaceAll('`', '')), `${name}: ${shown}, and not ${value}`)
    })
  })

  it('has a row for every code of an error, with its status on both transports', () => {
    const errors = {
      'internal-error': new TypeError('a bug'),
      unavailable: new Unavailable(''),
      'deadline-exceeded': new DeadlineExceeded(1),
    }
    const grpcErrors: readonly (readonly [code: string, error: Error])[] = [
      ...REFUSAL_CODES.map((code) => [code, new Refused(code, '')] as const),
      ...Object.entries(errors),
    ]
    for (const [code, http] of Object.entries(PROBLEMS)) {
      const [, , shownHttp, shownGrpc] = rowOf(code)
      assert.equal(shownHttp, String(http))
      const error = grpcErrors.find(([name]) => name === code)?.[1]
      assert.equal(shownGrpc, error ? `\`${status[statusOf(error).code]}\`` : '')
    }
  })

  it('shows requests that the service answers', async (t) => {
    if (spawnSync('curl', ['--version']).status !== 0) return t.skip('there is no curl on this machine')
    const service = await startTestService()
    const script = blockWith('API=').replace('http://127.0.0.1:4100', service.httpAddress)
    const { code, output } = await run('bash', ['-euo', 'pipefail', '-c', script])
    await service.stop()
    assert.equal(code, 0, output)
    assert.match(output, /"level":"standard","price":\{"amount":1110,/)
    assert.match(output, /"orderId":"order-4711".*"state":"announced"/)
  })

  it('shows a program that works', async () => {
    const service = await startTestService()
    const folder = temporaryFolder()
    const file = join(folder.path, 'example.mjs')
    const program = blockWith('createFlatRate,')
      .replace('#shipping/client/index.js', CLIENT)
      .replace('127.0.0.1:4101', service.grpcAddress)
    writeFileSync(file, program)
    const { code, output } = await run(process.execPath, [file])
    await service.stop()
    folder.remove()
    assert.equal(code, 0, output)
    assert.deepEqual(output.trim().split('\n'), ['try', 'exactly 890', 'try', 'invalid-input weightGrams'])
  })
})
