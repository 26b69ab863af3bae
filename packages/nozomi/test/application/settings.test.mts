import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../support/serve.mjs'

describe('a setting', () => {
  it('takes effect at the next request, however it was written', async (t) => {
    const app = nozomi()
    app.get('/', (_req, res) => void res.json({ a: 1 }))
    const client = await listen(t, app)
    assert.equal((await client.get('/')).body, '{"a":1}')
    app.set('json spaces', 1)
    assert.equal((await client.get('/')).body, '{\n "a": 1\n}')
    app.settings['json spaces'] = 2
    assert.equal((await client.get('/')).body, '{\n  "a": 1\n}')
    delete app.settings['json spaces']
    assert.equal((await client.get('/')).body, '{"a":1}')
    Object.assign(app.locals['settings'] as object, { 'json spaces': 3 })
    assert.equal((await client.get('/')).body, '{\n   "a": 1\n}')
    app.settings = { ...app.settings, 'json spaces': 4 }
    assert.equal((await client.get('/')).body, '{\n    "a": 1\n}')
  })

  it('of a parent takes effect in the applications mounted on it, at any depth, unless they have their own', async (t) => {
    const [root, middle, leaf, own] = [nozomi(), nozomi(), nozomi(), nozomi()]
    for (const app of [leaf, own]) app.get('/', (_req, res) => void res.json({ a: 1 }))
    own.set('json spaces', 4)
    middle.use('/leaf', leaf)
    middle.use('/own', own)
    root.use('/middle', middle)
    const client = await listen(t, root)
    assert.equal((await client.get('/middle/leaf')).body, '{"a":1}')
    root.set('json spaces', 1)
    assert.equal((await client.get('/middle/leaf')).body, '{\n "a": 1\n}')
    middle.set('json spaces', 2)
    assert.equal((await client.get('/middle/leaf')).body, '{\n  "a": 1\n}')
    assert.equal((await client.get('/middle/own')).body, '{\n    "a": 1\n}')
  })

  it('can be set on an application that was made by hand, of the members of `application`', () => {
    const app = Object.create(nozomi.application) as ReturnType<typeof nozomi>
    app.init()
    app.enable('case sensitive routing')
    assert.equal(app.enabled('case sensitive routing'), true)
    assert.equal((app.router as { caseSensitive?: boolean }).caseSensitive, true)
  })
})
