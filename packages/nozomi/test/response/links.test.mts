import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../support/serve.mjs'

describe('res.links()', () => {
  for (const [links, field] of [
    [{ next: '/p?page=2', last: '/p?page=5' }, '</p?page=2>; rel="next", </p?page=5>; rel="last"'],
    [{ next: ['/a', '/b'] }, '</a>; rel="next", </b>; rel="next"'],
    [{ next: '/p>; rel="preload", </evil' }, '</p%3E; rel="preload", %3C/evil>; rel="next"'],
    [{ 'next", <x>; rel="y': '/p' }, '</p>; rel="next\\", <x>; rel=\\"y"'],
  ] as const) {
    it(`writes ${JSON.stringify(links)} as ${field}`, async (t) => {
      const app = nozomi()
      app.get('/', (_req, res) => void res.links(links).end())
      const client = await listen(t, app)
      assert.equal((await client.get('/')).headers.link, field)
    })
  }
})
