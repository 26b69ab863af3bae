import assert from 'node:assert/strict'
import { request as send } from 'node:http'
import { describe, it } from 'node:test'
import { shadowCommand } from '#dist/shadow/shadow-command.js'
import type { ShadowReport } from '#dist/types/shadow.js'
import { listening, project } from './support/project.mjs'

const EQUAL = listening(
  `app.get('/books/:id', (req, res) => res.json({ id: req.params.id, argument: process.argv[2], env: process.env.STORE }))`,
)
const DIFFERENT = listening(`app.get('/', (req, res) => res.send(onNozomi ? '\\u001b[31mred' : 'plain'))`)

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

async function run(
  argv: readonly string[],
  signal?: AbortSignal,
  onStderr?: (text: string) => void,
): Promise<Outcome> {
  const outcome = { code: -1, stdout: '', stderr: '' }
  outcome.code = await shadowCommand(argv, {
    stdout: { write: (text: string) => void (outcome.stdout += text) },
    stderr: {
      write(text: string) {
        outcome.stderr += text
        onStderr?.(text)
      },
    },
    ...(signal && { signal }),
  })
  return outcome
}

describe('nozomi shadow', () => {
  it('gives 0 when both are equal, and says what was compared', async (t) => {
    const at = project(t, { 'app.cjs': EQUAL })
    const { code, stdout } = await run(['--express', at('app.cjs')])
    assert.equal(code, 0)
    assert.match(stdout, /app\.cjs: Express 5\.\d+\.\d+ and Nozomi 5\.\d+\.\d+, on Node\.js /)
    assert.match(stdout, /Warning: Only probes were sent/)
    assert.match(stdout, /\d+ requests compared: \d+ equal, 0 different\n$/)
  })

  it('gives 1 when they differ, and shows where; control characters are written out', async (t) => {
    const at = project(t, { 'app.cjs': DIFFERENT, 'requests.jsonl': '{"url":"/"}' })
    const { code, stdout } = await run([at('app.cjs'), '--traffic', at('requests.jsonl')])
    assert.equal(code, 1)
    assert.match(stdout, /1\. GET \/\n {3}body\n {5}Express {2}plain\n {5}Nozomi {3}\\u001b\[31mred\n/)
    assert.match(stdout, /1 requests compared: 0 equal, 1 different\n$/)
  })

  it('prints the report as JSON', async (t) => {
    const at = project(t, { 'app.cjs': DIFFERENT, 'requests.jsonl': '{"url":"/"}' })
    const { code, stdout } = await run([
      at('app.cjs'),
      '--json',
      '--traffic',
      at('requests.jsonl'),
      '--ignore',
      'body',
      '--ignore=etag',
    ])
    const report = JSON.parse(stdout) as ShadowReport
    assert.equal(code, 0)
    assert.deepEqual([report.verdict, report.counts.equal, report.differences], ['equal', 1, []])
  })

  it('hands arguments and variables to the application', async (t) => {
    const at = project(t, { 'app.cjs': EQUAL, 'requests.jsonl': '{"url":"/books/7"}' })
    const given = [
      '--traffic',
      at('requests.jsonl'),
      '--env',
      'STORE=all',
      '--nozomi-env',
      'STORE=mine',
      '--no-control',
      '--json',
    ]
    const { stdout } = await run([at('app.cjs'), ...given, '--', 'an argument'])
    const { differences } = JSON.parse(stdout) as ShadowReport
    assert.deepEqual(
      differences.map(({ where, express, nozomi }) => [where, express, nozomi]),
      [['$.env', '"all"', '"mine"']],
    )
  })

  it('gives 3 when the application does not start on one side, with what it printed', async (t) => {
    const at = project(t, { 'app.cjs': listening(`if (onNozomi) throw new Error('not on this one')`) })
    const { code, stderr, stdout } = await run([at('app.cjs')])
    assert.deepEqual([code, stdout], [3, ''])
    assert.match(stderr, /did not start on Nozomi/)
    assert.match(stderr, /Error: not on this one/)
  })

  it('sends live requests to both with --listen, until it is told to end', async (t) => {
    const at = project(t, { 'app.cjs': DIFFERENT })
    const stop = new AbortController()
    const { code, stdout } = await run(
      [at('app.cjs'), '--listen', '0', '--answer', 'nozomi'],
      stop.signal,
      (text) => {
        const url = /^(http:\S+) sends each request to both, and answers as Nozomi does/.exec(text)?.[1]
        assert.ok(url, text)
        send(url, { agent: false }, (answer) => answer.resume().on('end', () => stop.abort())).end()
      },
    )
    assert.equal(code, 1)
    assert.match(stdout, /1 requests compared: 0 equal, 1 different/)
  })

  it('says how it is used', async () => {
    const { code, stdout } = await run(['--help'])
    assert.equal(code, 0)
    for (const option of [
      '--traffic',
      '--listen',
      '--unsafe',
      '--ignore',
      '--allow',
      '--map-ids',
      '--json',
    ]) {
      assert.ok(stdout.includes(option), option)
    }
  })

  const FAULTS: Record<string, [argv: string[], message: RegExp]> = {
    'no file': [[], /No application file was given/],
    'two files': [['a.js', '--express', 'b.js'], /One application file is run, and not a\.js and b\.js/],
    'a file that is not there': [['no-such-file.js'], /There is no file .*no-such-file\.js/],
    'an unknown option': [['app.cjs', '--fast'], /Unknown option '--fast'/],
    'a time that is none': [['app.cjs', '--timeout', 'soon'], /--timeout is soon: it must be a number/],
    'no time at all': [['app.cjs', '--timeout', '0'], /timeoutMs is 0/],
    'a variable without a value': [['app.cjs', '--env', 'STORE'], /"STORE" is no NAME=VALUE/],
    'traffic that is not there': [['app.cjs', '--traffic', 'none.jsonl'], /none\.jsonl: ENOENT/],
    'a side that is none': [['app.cjs', '--listen', '0', '--answer', 'koa'], /--answer is koa/],
    'live and recorded traffic': [
      ['app.cjs', '--listen', '0', '--traffic', 'x.jsonl'],
      /leave out --traffic/,
    ],
    'a folder that is not Express': [['app.cjs', '--stock', '.'], /and not express|no folder of express/],
  }
  for (const [fault, [argv, message]] of Object.entries(FAULTS)) {
    it(`gives 2 for ${fault}`, async (t) => {
      const at = project(t, { 'app.cjs': EQUAL })
      const { code, stderr } = await run(argv.map((word) => (word === 'app.cjs' ? at('app.cjs') : word)))
      assert.equal(code, 2)
      assert.match(stderr, message)
      assert.match(stderr, /See nozomi shadow --help/)
    })
  }
})
