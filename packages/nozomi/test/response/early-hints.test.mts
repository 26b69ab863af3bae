import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../support/serve.mjs'

describe('res.writeEarlyHints()', () => {
  for (const hints of [
    { link: '</a.css>; rel=preload', 'x-bad': 'a\r\nEvil: 1' },
    { link: '</a.css>; rel=preload', 'bad name\r\nEvil': 'x' },
    { link: '</a.css>; rel=preload', 'x-list': ['ok', 'a\nEvil: 1'] },
  ]) {
    it(`refuses ${JSON.stringify(hints)}`, async (t) => {
      const app = nozomi()
      app.get('/', (_req, res) => {
        assert.throws(() => res.writeEarlyHints(hints as never), { name: 'TypeError' })
        res.send('held')
      })
      const client = await listen(t, app)
      const answers = await client.raw('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
      assert.doesNotMatch(answers, /Evil/)
      assert.match(answers, /held$/)
    })
  }

  it('sends what is valid ahead of the answer', async (t) => {
    const app = nozomi()
    app.get('/', (_req, res) => {
      res.writeEarlyHints({ link: '</a.css>; rel=preload; as=style' })
      res.send('done')
    })
    const client = await listen(t, app)
    const answers = await client.raw('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    assert.match(
      answers,
      /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a\.css>; rel=preload; as=style\r\n\r\nHTTP\/1\.1 200 OK/,
    )
  })
})
