import assert from 'node:assert/strict'
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
    [['http://127.0.0.1:9'], /can't be asked for the document/u],
    [[APP, '--include', 'GET /userz'], /--include and --exclude leave no operation of the document/u],
    [[fixture('broken.mjs')], /can't be loaded/u],
  ]
  for (const [args, reason] of wrong) {
    const { code, stderr } = await nozomi(['fuzz', ...args])
    assert.equal(code, 2, args.join(' '))
    assert.match(stderr, reason)
  }
})
