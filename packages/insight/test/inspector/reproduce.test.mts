import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { formatCurl, formatTest } from '#dist/inspector/reproduce.js'
import { failing, record } from './records.mjs'

/** The words that a shell gives to curl. */
function wordsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

describe('a request as curl', () => {
  it('asks the same with the same fields, without those that curl sets itself', () => {
    const command = formatCurl(record(1), 'http')
    assert.deepEqual(wordsOf(command), [
      '-i',
      '--globoff',
      'http://localhost:3000/api/catalogue?page=1',
      '-H',
      'Accept: application/json',
      '-H',
      'User-Agent: curl/8.11.0',
      '-H',
      'Cookie: [redacted]',
      '-H',
      'X-Request-Id: req-000001',
    ])
  })

  it('names the method, and says that a body is missing', () => {
    const post = record(1, { method: 'POST', url: '/api/orders', requestFields: [['Content-Length', '12']] })
    assert.deepEqual(wordsOf(formatCurl(post, 'https')), [
      '-i',
      '-X',
      'POST',
      '--globoff',
      'https://localhost/api/orders',
      '--data-binary',
      '<the body was not recorded>',
    ])
    assert.ok(wordsOf(formatCurl(record(1, { method: 'HEAD' }), 'http')).includes('--head'))
    const all = record(1, { method: 'OPTIONS', url: '*', requestFields: [] })
    assert.deepEqual(wordsOf(formatCurl(all, 'http')).slice(3), [
      '--globoff',
      '--request-target',
      '*',
      'http://localhost',
    ])
  })

  it('gives the shell nothing to run, whatever was sent', () => {
    const hostile = [
      `'; echo owned; '`,
      '$(echo owned)',
      '`echo owned`',
      '\\',
      '"',
      '!!',
      '-o /tmp/x',
      '&& owned',
      'a\tb',
    ]
    for (const text of hostile) {
      const words = wordsOf(formatCurl(record(1, { url: `/${text}`, requestFields: [['X', text]] }), 'http'))
      assert.deepEqual(words, ['-i', '--globoff', `http://localhost/${text}`, '-H', `X: ${text}`])
    }
  })
})

const NOZOMI = new URL('../../../../nozomi/index.mjs', import.meta.url).href

const EXPRESS = import.meta.resolve('express')

/** Runs the test in a project of its own, beside an `app.js`; gives its exit code and what it wrote. */
async function runTest(
  t: TestContext,
  test: string,
  app: string,
  framework = NOZOMI,
): Promise<{ code: number; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'inspector-test-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await writeFile(
    join(folder, 'app.js'),
    `import framework from ${JSON.stringify(framework)}\nexport const app = framework()\n${app}\n`,
  )
  await writeFile(join(folder, 'a.test.js'), test)
  // A test runner that is started by one would report to it.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--test', '--test-reporter=tap', 'a.test.js'],
      { cwd: folder, env },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr })
      },
    )
  })
}

describe('a request as a test', () => {
  it('fails as long as the application fails, and passes when it is mended', async (t) => {
    const test = formatTest(failing(1, 0), 'Nozomi')
    const route = `app.get('/api/orders/:id', (req, res) => `
    const failed = await runTest(t, test, `${route} { throw new TypeError('no lines') })`)
    assert.equal(failed.code, 1, failed.output)
    assert.match(failed.output, /GET \/api\/orders\/1042 does not answer 500/)
    const mended = await runTest(t, test, `${route} res.json({}))`)
    assert.equal(mended.code, 0, mended.output)
  })

  it('asks an application of stock Express over HTTP, which has no inject', async (t) => {
    const test = formatTest(failing(1, 0), 'Express')
    const route = `app.get('/api/orders/:id', (req, res) => `
    const failed = await runTest(t, test, `${route} { throw new TypeError('no lines') })`, EXPRESS)
    assert.equal(failed.code, 1, failed.output)
    assert.match(failed.output, /ERR_ASSERTION/)
    const mended = await runTest(t, test, `${route} res.json({}))`, EXPRESS)
    assert.equal(mended.code, 0, mended.output)
    const post = record(1, {
      method: 'POST',
      url: '/echo',
      status: 303,
      requestFields: [['X-Tenant', `O'Neill`]],
    })
    const app = `app.post('/echo', (req, res) => res.redirect(req.get('x-tenant') === "O'Neill" ? 303 : 400, '/'))`
    const { code, output } = await runTest(t, formatTest(post, 'Express'), app, EXPRESS)
    assert.equal(code, 0, output)
  })

  it('fails when nobody answers, and passes when somebody does', async (t) => {
    const test = formatTest(
      record(1, { status: null, outcome: 'running', durationMs: null, url: '/slow' }),
      'Nozomi',
    )
    const failed = await runTest(
      t,
      test.replace('timeout: 5000', 'timeout: 500'),
      `app.get('/slow', () => {})`,
    )
    assert.equal(failed.code, 1, failed.output)
    const mended = await runTest(t, test, `app.get('/slow', (req, res) => res.send('here'))`)
    assert.equal(mended.code, 0, mended.output)
  })

  it('sends the fields that the application may look at, and says that the body is missing', async (t) => {
    const post = record(1, {
      method: 'POST',
      url: '/echo',
      status: 201,
      requestFields: [
        ['Content-Type', 'application/json'],
        ['Content-Length', '2'],
        ['X-Tenant', `O'Neill`],
        ['Sec-Fetch-Mode', 'cors'],
      ],
    })
    const test = formatTest(post, 'Nozomi')
    assert.doesNotMatch(test, /Secrets/)
    assert.match(formatTest(record(1), 'Nozomi'), /Secrets were replaced by \[redacted\]/)
    assert.match(test, /the body was not recorded/)
    assert.doesNotMatch(test, /content-length|sec-fetch/i)
    const app = `app.post('/echo', (req, res) => res.sendStatus(req.get('x-tenant') === "O'Neill" ? 201 : 400))`
    const { code, output } = await runTest(t, test, app)
    assert.equal(code, 0, output)
  })

  it('holds nothing that runs, whatever was sent', async (t) => {
    const owned = `process.exit(7)`
    const hostile = record(1, {
      url: `/');${owned}//\u2028${owned}`,
      status: 500,
      requestFields: [['X', `'},});${owned}//`]],
      error: { name: 'Error', message: `x\n${owned}\u2028${owned}`, stack: '', place: null },
    })
    const { code, output } = await runTest(
      t,
      formatTest(hostile, 'Nozomi'),
      `app.use((req, res) => res.sendStatus(500))`,
    )
    assert.equal(code, 1, output)
    assert.match(output, /# fail 1/)
  })
})
