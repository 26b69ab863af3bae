import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import nozomi, { type Response } from 'nozomi'
import { listen } from '../support/serve.js'

/** Sends two pipelined requests: the second shows whether the first answer stayed within its bounds. */
async function twoAnswers(t: TestContext, handler: (res: Response) => unknown): Promise<string> {
  const app = nozomi()
  app.get('/wrong', (_req, res) => handler(res))
  app.get('/next', (_req, res) => void res.type('txt').send('next'))
  const client = await listen(t, app)
  const warnings: Error[] = []
  const onWarning = (warning: Error) => void warnings.push(warning)
  process.on('warning', onWarning)
  t.after(() => process.off('warning', onWarning))
  const head = 'Host: x\r\n\r\n'
  return client.raw(`GET /wrong HTTP/1.1\r\n${head}GET /next HTTP/1.1\r\nConnection: close\r\n${head}`)
}

const bodyOf = (answers: string) => answers.slice(answers.indexOf('\r\n\r\n') + 4)

describe('a handler that sets a Content-Length of its own', () => {
  it('sends no more than that over writeHead() and end(), and the connection is closed', async (t) => {
    const answers = await twoAnswers(t, (res) => {
      res.writeHead(200, { 'Content-Length': 5 })
      res.end('12345HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil')
    })
    assert.equal(bodyOf(answers), '12345')
  })

  it('sends no more than that over several writes', async (t) => {
    const answers = await twoAnswers(t, (res) => {
      res.set('Content-Length', '5')
      res.write('123')
      res.write('456')
      res.write('789')
      res.end('0')
    })
    assert.equal(bodyOf(answers), '12345')
  })

  it('has its callbacks called, and the connection closed, when it never ends', async (t) => {
    const written: string[] = []
    const answers = await twoAnswers(t, async (res) => {
      res.set('Content-Length', '3')
      for (const part of ['ab', 'cd', 'ef']) {
        await new Promise<unknown>((resolve) => res.write(part, resolve))
        written.push(part)
      }
    })
    assert.equal(bodyOf(answers), 'abc')
    assert.deepEqual(written, ['ab', 'cd', 'ef'])
  })

  it('counts bytes, not characters', async (t) => {
    const answers = await twoAnswers(t, (res) => {
      res.writeHead(200, { 'content-length': '4' })
      res.end('ééé')
    })
    assert.equal(bodyOf(answers), Buffer.from('éé').toString('latin1'))
  })

  it('sends less, and the connection is closed instead of waiting', async (t) => {
    const answers = await twoAnswers(t, (res) => {
      res.writeHead(200, { 'Content-Length': 50 })
      res.end('short')
    })
    assert.equal(bodyOf(answers), 'short')
  })

  it('has it put right when the whole body is known before the head went out', async (t) => {
    const answers = await twoAnswers(t, (res) => {
      res.set('Content-Length', '3')
      res.end('12345')
    })
    assert.match(answers, /Content-Length: 5\r\n/)
    assert.match(answers, /12345HTTP\/1\.1 200 OK/)
  })

  it('answers HEAD with the length of what it would have sent', async (t) => {
    const app = nozomi()
    app.get('/', (_req, res) => {
      res.set('Content-Length', '42')
      res.end()
    })
    const client = await listen(t, app)
    assert.equal((await client.get('/', { method: 'HEAD' })).headers['content-length'], '42')
  })

  it('goes on as it is when the length is right, over any number of writes', async (t) => {
    const answers = await twoAnswers(t, (res) => {
      res.writeHead(200, { 'Content-Length': 6 })
      res.write('123')
      res.write(Buffer.from('45'))
      res.end('6')
    })
    assert.match(answers, /\r\n\r\n123456HTTP\/1\.1 200 OK\r\n/)
    assert.match(answers, /next$/)
  })
})
