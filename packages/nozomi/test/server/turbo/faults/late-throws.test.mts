import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, it } from 'node:test'
import nozomi, { type Response } from 'nozomi'
import { Client, head, tell } from './client.mjs'
import { contestants, listening } from './contestants.mjs'

/*
 * An error when the head has left: the client must see that the answer is not whole, and nobody else may notice.
 */

const FAILURES: Record<string, (res: Response) => unknown> = {
  throws: (res) => {
    res.write('some')
    throw new Error('late')
  },
  rejects: async (res) => {
    res.write('some')
    await new Promise(setImmediate)
    throw new Error('late')
  },
  'throws in an answer of known length': (res) => {
    res.set('Content-Length', '10').write('some')
    throw new Error('late')
  },
  'pipes a stream that fails': (res) =>
    pipeline(
      Readable.from(
        (async function* failing() {
          yield 'some'
          await new Promise((resolve) => setTimeout(resolve, 5))
          throw new Error('late')
        })(),
      ),
      res,
    ),
  'destroys the response': (res) => {
    res.write('some')
    setImmediate(() => res.destroy())
  },
}

for (const { name, create } of contestants) {
  describe(`on ${name}, a handler that`, () => {
    for (const [what, fail] of Object.entries(FAILURES)) {
      it(`${what} breaks the answer off, and nothing else`, async (t) => {
        const app = nozomi().set('env', 'test')
        app.get('/late', (_req, res) => fail(res) as undefined)
        app.get('/', (_req, res) => void res.end('ok'))
        const port = await listening(t, create({}, app as unknown as RequestListener))
        const other = await Client.open(port)
        await other.send(head('GET /')).until('ok')

        const received = await tell(port, head('GET /late') + head('GET /'))
        assert.match(received, /^HTTP\/1\.1 200 OK/)
        assert.ok(!received.includes('ok'), 'the request behind it is not answered on this connection')
        assert.ok(!received.endsWith('0\r\n\r\n'), 'the answer must not look whole')

        other.received = ''
        await other.send(head('GET /')).until('ok')
      })
    }

    it('answers twice gets the error, and the first answer stands', async (t) => {
      const errors: (string | undefined)[] = []
      const app = nozomi().set('env', 'test')
      app.get('/', (_req, res) => {
        res.send('first')
        try {
          res.send('second')
        } catch (error) {
          errors.push((error as NodeJS.ErrnoException).code)
        }
      })
      const port = await listening(t, create({}, app as unknown as RequestListener))
      const received = await tell(port, head('GET /', 'Connection: close'))
      assert.match(received, /\r\n\r\nfirst$/)
      assert.deepEqual(errors, ['ERR_HTTP_HEADERS_SENT'])
    })
  })
}
