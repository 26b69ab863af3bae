import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fixture, nozomi } from './support/nozomi.js'

const APP = fixture('fuzzed.mjs')

test('fuzz ends with 0 when nothing was found, on a standard output that holds nothing else', async () => {
  const { code, stdout } = await nozomi(['fuzz', APP, '--seed', '1', '--runs', '20'])
  assert.equal(code, 0, stdout)
  assert.match(stdout, /^nothing found: \d+ requests to 1 operations, seed 1\n$/u)
})

test('fuzz ends with 1 when something was found, and shows the smallest request and the seed', async () => {
  const { code, stdout } = await nozomi(['fuzz', APP, '--seed', '1'], { BUG: 'throws' })
  assert.equal(code, 1)
  assert.match(stdout, /^error GET \/users\/\{age\} answers 500 \(server-error\)$/mu)
  assert.match(stdout, /^ {2}curl -i --globoff --path-as-is 'http:\/\/localhost:3000\/users\/1001'$/mu)
  assert.match(stdout, /seed 1\n$/u)
})

test('fuzz reports what would end the process of the application, and goes on', async () => {
  const { code, stdout } = await nozomi(['fuzz', APP, '--seed', '1', '--json'], { BUG: 'crashes' })
  assert.equal(code, 1)
  const { findings } = JSON.parse(stdout) as { findings: { kind: string; message: string }[] }
  assert.deepEqual(
    findings.map(({ kind }) => kind),
    ['crash'],
  )
  assert.match(findings[0]?.message ?? '', /nobody catches this/u)
})

test('fuzz takes a document from a file, in YAML as well', async () => {
  const { code, stdout } = await nozomi(['fuzz', APP, '--seed', '1', '--document', fixture('fuzzed.yaml')])
  assert.equal(code, 1)
  assert.match(stdout, /answers 200, which the document does not declare \(201, 400\) \(outside-document\)/u)
})

test('fuzz fails from the severity on that it is given, and sends the fields that it is given', async () => {
  const args = ['fuzz', APP, '--seed', '1', '--runs', '5', '--json']
  const kindsOf = (stdout: string): string[] =>
    (JSON.parse(stdout) as { findings: { kind: string }[] }).findings.map(({ kind }) => kind)
  const without = await nozomi(args, { TOKEN: 'hush' })
  assert.deepEqual([without.code, kindsOf(without.stdout)], [0, ['refused-valid']])
  assert.equal((await nozomi([...args, '--fail-on', 'advice'], { TOKEN: 'hush' })).code, 1)
  const known = await nozomi([...args, '--header', 'Authorization: Bearer hush'], { TOKEN: 'hush' })
  assert.deepEqual([known.code, kindsOf(known.stdout)], [0, []])
})

test('fuzz keeps what the application prints meanwhile off the terminal, and says how much it was', async () => {
  const args = ['fuzz', APP, '--seed', '1', '--runs', '20']
  const { code, stdout, stderr } = await nozomi(args, { LOGS: 'yes' })
  assert.equal(code, 0, stderr)
  assert.match(stdout, /^nothing found: \d+ requests to 1 operations, seed 1\n$/u)
  assert.match(
    stderr,
    /^the application prints\nthe application printed \d{2,} lines, which are not shown: --log <file> keeps them, --log - shows them\n$/u,
  )
})

test('fuzz puts what the application prints into a file, or shows it, when it is told to', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nozomi-fuzz-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'server.log')
  const args = ['fuzz', APP, '--seed', '1', '--runs', '20']
  const kept = await nozomi([...args, '--log', file], { LOGS: 'yes' })
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  assert.match(lines[0] ?? '', /^asked for /u)
  assert.equal(lines[1], 'and so on')
  assert.equal(
    kept.stderr,
    `the application prints\nthe application printed ${lines.length} lines, which are in ${file}\n`,
  )
  const shown = await nozomi([...args, '--log', '-'], { LOGS: 'yes' })
  assert.deepEqual(shown.stderr.trimEnd().split('\n'), ['the application prints', ...lines])
  assert.equal(shown.stdout, kept.stdout)
})

test('fuzz tells of an application that ends the process, with what it printed last, and does not end with 0', async () => {
  const { code, stdout, stderr } = await nozomi(['fuzz', APP, '--seed', '1'], { BUG: 'exits' })
  assert.deepEqual([code, stdout], [2, ''])
  assert.match(stderr, /the application ended the process .*; it printed last:\nout of order\n/u)
})

test('fuzz ends with 2 for what it can not mean', async () => {
  const wrong: [string[], RegExp][] = [
    [[], /the application file or the URL is missing/u],
    [[APP, '--runs', 'many'], /--runs must be a whole number, not many/u],
    [[APP, '--runs', '0'], /runs must be a whole number from 1 on, not 0/u],
    [[APP, '--safe', '--unsafe'], /--safe and --unsafe/u],
    [[APP, '--header', 'nonsense'], /--header must be such as/u],
    [[APP, '--fail-on', 'all'], /--fail-on must be error, warning, advice, not all/u],
    [[APP, '--document', 'nowhere.json'], /nowhere\.json can't be read/u],
    [
      [APP, '--document', fixture('module-exports.cjs')],
      /module-exports\.cjs is no|is neither JSON nor YAML/u,
    ],
    [[APP, '--log', fixture('nowhere/server.log')], /--log: .*server\.log can't be written: ENOENT/u],
    [['http://127.0.0.1:9', '--log', 'server.log'], /--log is for an application file/u],
    [['http://127.0.0.1:9'], /can't be asked for the document/u],
    [
      [APP, '--include', 'GET /userz'],
      /There is nothing to ask: include and exclude leave none of the 1 op/u,
    ],
    [[APP, '--document', fixture('no-operations.json')], /There is nothing to ask: the document has no op/u],
    [[fixture('broken.mjs')], /can't be loaded/u],
  ]
  for (const [args, reason] of wrong) {
    const { code, stderr } = await nozomi(['fuzz', ...args])
    assert.equal(code, 2, args.join(' '))
    assert.match(stderr, reason)
  }
})
