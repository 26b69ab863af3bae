import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../support/serve.mjs'

function failingApp(error: unknown, env = 'production') {
  const app = nozomi()
  app.set('env', env)
  app.get('/', () => {
    throw error
  })
  app.get('/alive', (_req, res) => void res.send('alive'))
  return app
}

async function answerTo(t: TestContext, error: unknown, env?: string) {
  t.mock.method(console, 'error', () => {})
  const client = await listen(t, failingApp(error, env))
  const answer = await client.get('/')
  assert.equal((await client.get('/alive')).body, 'alive')
  return answer
}

describe('the final handler', () => {
  it('leaves out the fields of an error that can not be sent, and sends the others', async (t) => {
    const headers = {
      'x-bad': 'a\r\nb',
      'bad name': 'x',
      'x-unicode': '\u{1F600}',
      'x-good': 'yes',
      'retry-after': 5,
    }
    const warnings: string[] = []
    const onWarning = (warning: Error) => void warnings.push(warning.message)
    process.on('warning', onWarning)
    t.after(() => process.off('warning', onWarning))
    const answer = await answerTo(t, Object.assign(new Error('x'), { status: 503, headers }))
    assert.equal(answer.status, 503)
    assert.equal(answer.headers['x-good'], 'yes')
    assert.equal(answer.headers['retry-after'], '5')
    assert.equal(answer.headers['x-bad'], undefined)
    assert.equal(warnings.filter((message) => /can't be sent/.test(message)).length, 3)
  })

  it('shows no stack and no message in production', async (t) => {
    const answer = await answerTo(t, new Error('the password is hunter2'))
    assert.equal(answer.status, 500)
    assert.match(answer.body, /<pre>Internal Server Error<\/pre>/)
    assert.doesNotMatch(answer.body, /hunter2|test\.js/)
  })

  it('shows the stack in development, escaped', async (t) => {
    const answer = await answerTo(t, new Error('<b>&"bold"</b>'), 'development')
    assert.match(answer.body, /<pre>Error: &lt;b&gt;&amp;&quot;bold&quot;&lt;\/b&gt;<br> &nbsp; &nbsp;at /)
  })

  for (const [error, status] of [
    [Object.assign(new Error('x'), { status: 404 }), 404],
    [Object.assign(new Error('x'), { statusCode: 410 }), 410],
    [Object.assign(new Error('x'), { status: 200 }), 500],
    [Object.assign(new Error('x'), { status: '404' }), 500],
    ['a string', 500],
    [Object.assign(new Error('x'), { stack: ['at a', 'at b'] }), 500],
    [Object.assign(new Error('x'), { stack: { frames: [] } }), 500],
    [{ toString: () => 5 }, 500],
    [Object.create(null), 500],
    [{ status: 418 }, 418],
  ] as const) {
    it(`answers ${status} to ${JSON.stringify(error)}`, async (t) => {
      assert.equal((await answerTo(t, error)).status, status)
      assert.equal((await answerTo(t, error, 'development')).status, status)
    })
  }

  it('answers a HEAD of what announces trailers, which node refuses without a body', async (t) => {
    t.mock.method(console, 'error', () => {})
    const app = nozomi()
    app.get('/', (_req, res) => {
      res.set('Trailer', 'X-Sum').write('part')
      res.addTrailers({ 'X-Sum': '1' })
      res.end()
    })
    const client = await listen(t, app)
    const { status, headers } = await client.get('/', { method: 'HEAD' })
    assert.deepEqual([status, headers.trailer], [500, undefined])
    assert.match(
      await client.raw('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
      /\r\nX-Sum: 1\r\n\r\n$/,
    )
    assert.equal((await app.inject({ method: 'HEAD', url: '/' })).status, 500)
  })

  it('closes the connection when the error comes after the head', async (t) => {
    t.mock.method(console, 'error', () => {})
    const app = nozomi()
    app.get('/', (_req, res, next) => {
      res.write('partial')
      next(new Error('late'))
    })
    const client = await listen(t, app)
    const raw = await client.raw('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    assert.doesNotMatch(raw, /0\r\n\r\n$/)
  })
})
