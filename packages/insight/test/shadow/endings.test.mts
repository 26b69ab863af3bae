import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runShadow } from '#dist/shadow/run-shadow.js'
import { ShadowStartError } from '#dist/shadow/side/side-process.js'
import { listening, project } from './support/project.mjs'
import { postJson, request, shownDifferences } from './support/requests.mjs'

describe('an answer that does not end well', () => {
  const APPLICATION = listening(`
app.get('/hangs', () => {})
app.get('/hangs-here', (req, res) => { if (!onNozomi) res.send('x') })
app.get('/endless', (req, res) => {
  res.write('tick')
  const timer = setInterval(() => res.write(onNozomi && req.query.differ ? 'tock' : 'tick'), 5)
  res.on('close', () => clearInterval(timer))
})
app.get('/pipe', (req, res) => require('node:fs').createReadStream('/dev/zero').pipe(res))
`)

  it('is out of time on both, or on one', async (t) => {
    const at = project(t, { 'app.cjs': APPLICATION })
    const traffic = ['/hangs', '/hangs-here'].map((url) => request(url))
    const report = await runShadow({ application: at('app.cjs'), traffic, timeoutMs: 400, control: false })
    assert.deepEqual(shownDifferences(report), [['GET /hangs-here', 'connection', 'kept', 'timed out']])
    assert.equal(report.counts.equal, 1)
  })

  it('is compared as far as both have it, when it never ends or the client leaves', async (t) => {
    const at = project(t, { 'app.cjs': APPLICATION })
    const traffic = [
      request('/endless'),
      request('/endless', { abort: { afterBytes: 20 } }),
      request('/endless', { abort: { afterMs: 100 } }),
      request('/pipe', { abort: { afterBytes: 100_000 } }),
      request('/endless', { abort: { afterBytes: 0 } }),
      request('/endless?differ=1', { abort: { afterBytes: 40 } }),
    ]
    const report = await runShadow({ application: at('app.cjs'), traffic, timeoutMs: 1000 })
    assert.deepEqual(
      report.differences.map(({ request: label, what, where }) => [label, what, where]),
      [['GET /endless?differ=1', 'body', 'byte 5']],
    )
    assert.equal(report.counts.equal, 5)
  })

  it('shows in which order the response finished and closed, in the application', async (t) => {
    const at = project(t, {
      'app.cjs': listening(`app.get('/', (req, res) => {
        res.write('x')
        if (onNozomi) req.once('close', () => res.end())
        else res.end()
      })`),
    })
    const report = await runShadow({
      application: at('app.cjs'),
      traffic: [request('/', { abort: { afterBytes: 1 } })],
    })
    assert.deepEqual(
      report.differences.filter(({ what }) => what === 'events').map(({ express }) => express),
      ['finish, close'],
    )
  })
})

describe('an application that ends', () => {
  it('on one side while it answers is a difference, and all sides start anew', async (t) => {
    const at = project(t, {
      'app.cjs': listening(`
        let count = 0
        app.get('/count', (req, res) => res.json({ count: ++count, shown: onNozomi }))
        app.get('/ends', (req, res) => { if (onNozomi) throwLater(); else res.send('x') })
        function throwLater() { setImmediate(() => { throw new TypeError('nobody catches this') }) }`),
    })
    const traffic = ['/count', '/ends', '/count'].map((url) => request(url))
    const report = await runShadow({ application: at('app.cjs'), traffic, ignore: ['$.shown'] })
    assert.deepEqual(shownDifferences(report), [
      [
        'GET /ends',
        'process',
        'the process goes on',
        'the process ended with code 1: TypeError: nobody catches this',
      ],
      ['GET /ends', 'connection', 'kept', 'no answer (ECONNRESET)'],
    ])
    assert.equal(report.counts.equal, 2)
    assert.match(report.warnings[0] ?? '', /started anew/)
  })

  it('on both alike is equal', async (t) => {
    const at = project(t, { 'app.cjs': listening(`app.get('/', () => process.exit(3))`) })
    const report = await runShadow({ application: at('app.cjs'), traffic: [request('/')], control: false })
    assert.equal(report.verdict, 'equal')
  })

  it('again and again ends the run, which then proves nothing', async (t) => {
    const at = project(t, { 'app.cjs': listening(`app.get('/', () => process.exit(3))`) })
    const traffic = Array.from({ length: 13 }, () => request('/'))
    const report = await runShadow({ application: at('app.cjs'), traffic, control: false })
    assert.equal(report.verdict, 'incomplete')
    assert.deepEqual([report.counts.compared, report.counts.skipped], [11, 2])
  })
})

describe('an application that does not start', () => {
  const FAULTS: Record<string, [text: string, message: RegExp, side: string]> = {
    'on Express, whose patterns it does not use': [
      listening(`app.get('/:file.:ext?', (req, res) => res.end())`),
      /did not start on Express: the process ended with code 1/,
      'express',
    ],
    'on Nozomi': [
      listening(`if (onNozomi) throw new Error('not here')`),
      /did not start on Nozomi: the process ended with code 1/,
      'nozomi',
    ],
    'because it neither listens nor exports': [
      `require('express')()`,
      /it does not listen, and exports no application/,
      'express',
    ],
    'because what it exports is nothing to serve': [
      `module.exports = async () => ({ nothing: true })`,
      /what it exports is no application/,
      'express',
    ],
    'in time': [
      `require('express')(); setInterval(() => {}, 1000)`,
      /it did not listen within 500 ms/,
      'express',
    ],
  }

  for (const [fault, [text, message, side]] of Object.entries(FAULTS)) {
    it(`${fault} is told, with what it printed`, async (t) => {
      const at = project(t, { 'app.cjs': `console.log('printed first')\n${text}` })
      const run = runShadow({
        application: at('app.cjs'),
        traffic: [postJson('/', {})],
        startTimeoutMs: fault === 'in time' ? 500 : 30_000,
      })
      await assert.rejects(run, (error) => {
        assert.ok(error instanceof ShadowStartError)
        assert.match(error.message, message)
        assert.equal(error.side, side)
        // How far it came in its time is not for us to say.
        if (fault !== 'in time') assert.match(error.output, /printed first/)
        return true
      })
    })
  }
})
