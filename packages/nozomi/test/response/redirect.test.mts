import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../support/serve.mjs'

describe('res.redirect()', () => {
  for (const [url, location] of [
    ['/\\evil.example', '/%5Cevil.example'],
    ['\\/evil.example', '%5C/evil.example'],
    ['\\\\evil.example', '%5C%5Cevil.example'],
    ['/\\/\\evil.example\\x', '/%5C/%5Cevil.example\\x'],
    ['/a\\b', '/a\\b'],
    ['//other.example/x', '//other.example/x'],
    ['https://other.example/a\\b', 'https://other.example/a\\b'],
    ['/\t/evil.example', '/%09/evil.example'],
  ] as const) {
    it(`to ${JSON.stringify(url)} says ${location}`, async (t) => {
      const app = nozomi()
      app.get('/', (_req, res) => void res.redirect(url))
      const client = await listen(t, app)
      const answer = await client.get('/')
      assert.equal(answer.status, 302)
      assert.equal(answer.headers.location, location)
      // What browsers make of it: a path that leads to another host is what must not come out.
      if (/^[/\\][\\]/.test(url)) assert.equal(new URL(location, 'http://here.example').host, 'here.example')
    })
  }
})
