import assert from 'node:assert/strict'
import { ServerResponse } from 'node:http'
import { describe, it, type TestContext } from 'node:test'
import { runInNewContext } from 'node:vm'
import nozomi, { type Response } from 'nozomi'
import { listen } from '../support/serve.mjs'

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

  const evil = 'abcHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'

  for (const value of [
    '3, 3',
    ['3', '3'],
    ['3', '51'],
    '-1',
    '0x3',
    '3e0',
    '+3',
    ' 3',
    '',
    3.5,
    -3,
    Number.NaN,
  ]) {
    it(`has it put right by end() when it is no length: ${JSON.stringify(value)}`, async (t) => {
      const answers = await twoAnswers(t, (res) => {
        res.setHeader('Content-Length', value as string)
        res.end(evil)
      })
      const [head = ''] = answers.split('\r\n\r\n')
      assert.deepEqual(head.match(/content-length.*/gi), [`Content-Length: ${evil.length}`])
      assert.match(answers, /evilHTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nnext$/)
    })

    it(`has it left out by write(), which sends chunks, when it is no length: ${JSON.stringify(value)}`, async (t) => {
      const answers = await twoAnswers(t, (res) => {
        res.setHeader('Content-Length', value as string)
        res.write(evil)
        res.end()
      })
      const [head = ''] = answers.split('\r\n\r\n')
      assert.doesNotMatch(head, /content-length/i)
      assert.match(head, /Transfer-Encoding: chunked/)
      assert.match(answers, /evil\r\n0\r\n\r\nHTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nnext$/)
    })
  }

  it('sends no body, and the connection is closed, when writeHead() has sent one that is no length', async (t) => {
    const answers = await twoAnswers(t, (res) => {
      res.writeHead(200, { 'Content-Length': '3, 3' })
      res.end(evil)
    })
    assert.equal(bodyOf(answers), '')
  })

  for (const act of ['end', 'write'] as const) {
    it(`has it left out beside a Transfer-Encoding, by ${act}()`, async (t) => {
      const answers = await twoAnswers(t, (res) => {
        res.set({ 'Content-Length': '3', 'Transfer-Encoding': 'chunked' })
        if (act === 'write') res.write('abc')
        res.end(act === 'end' ? 'abc' : undefined)
      })
      const [head = ''] = answers.split('\r\n\r\n')
      assert.doesNotMatch(head, /content-length/i)
      assert.match(answers, /\r\n\r\n3\r\nabc\r\n0\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
    })
  }

  it('leaves to node what node is asked to watch, by strictContentLength', async (t) => {
    const codes: unknown[] = []
    await twoAnswers(t, (res) => {
      res.strictContentLength = true
      res.writeHead(200, { 'Content-Length': 3 })
      try {
        res.write('abcd')
      } catch (error) {
        codes.push((error as NodeJS.ErrnoException).code)
      }
      res.write('abc')
      res.end()
    })
    assert.deepEqual(codes, ['ERR_HTTP_CONTENT_LENGTH_MISMATCH'])
  })

  it('passes on as many arguments as it was given', async (t) => {
    const counts: number[] = []
    const { end, write } = ServerResponse.prototype
    t.after(() => Object.assign(ServerResponse.prototype, { end, write }))
    Object.assign(ServerResponse.prototype, {
      end(this: ServerResponse, ...args: never[]) {
        counts.push(args.length)
        return Reflect.apply(end, this, args)
      },
      write(this: ServerResponse, ...args: never[]) {
        counts.push(args.length)
        return Reflect.apply(write, this, args)
      },
    })
    await twoAnswers(t, (res) => {
      res.write('a')
      res.end()
    })
    assert.deepEqual(counts.slice(0, 2), [1, 0])
  })

  it('counts bytes, not characters', async (t) => {
    const answers = await twoAnswers(t, (res) => {
      res.writeHead(200, { 'content-length': '4' })
      res.end('ééé')
    })
    assert.equal(bodyOf(answers), Buffer.from('éé').toString('latin1'))
  })

  it('counts the bytes that a Uint8Array shows, whichever realm made it', async (t) => {
    const part = new Uint8Array(new ArrayBuffer(100), 40, 4).fill(0x61)
    // A test runner that gives each file globals of its own (Jest) makes such arrays.
    const foreign = runInNewContext('new Uint8Array([0x62, 0x62, 0x62, 0x62])') as Uint8Array
    assert.ok(!(foreign instanceof Uint8Array))
    const answers = await twoAnswers(t, (res) => {
      res.writeHead(200, { 'Content-Length': 6 })
      res.write(part)
      res.write(foreign)
      res.end()
    })
    assert.equal(bodyOf(answers), 'aaaabb')
    const whole = await twoAnswers(t, (res) => void res.set('Content-Length', '4').end(foreign))
    assert.match(whole, /Content-Length: 4\r\n[^]*\r\n\r\nbbbbHTTP\/1\.1 200 OK\r\n/)
  })

  for (const chunk of [new DataView(new ArrayBuffer(8)), new Uint16Array(4)]) {
    it(`has a ${chunk.constructor.name} refused by node, and nothing counted`, async (t) => {
      const codes: unknown[] = []
      const answers = await twoAnswers(t, (res) => {
        res.writeHead(200, { 'Content-Length': 4 })
        try {
          res.write(chunk)
        } catch (error) {
          codes.push((error as NodeJS.ErrnoException).code)
        }
        res.end('1234')
      })
      assert.deepEqual(codes, ['ERR_INVALID_ARG_TYPE'])
      assert.match(answers, /\r\n\r\n1234HTTP\/1\.1 200 OK\r\n/)
    })
  }

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
