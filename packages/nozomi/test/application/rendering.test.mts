import assert from 'node:assert/strict'
import { mkdtempSync, mkdirSync, writeFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../support/serve.mjs'

/** An application with an engine that prints what it was given, a view inside the folder and a secret beside it. */
function viewsApp(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'nozomi-views-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'views/sub'), { recursive: true })
  writeFileSync(join(folder, 'views/page.tmpl'), 'page')
  writeFileSync(join(folder, 'views/sub/page.tmpl'), 'sub page')
  writeFileSync(join(folder, 'secret.tmpl'), 'secret')
  writeFileSync(join(folder, 'index.tmpl'), 'the index above')
  const app = nozomi()
  app.set('env', 'test')
  app.set('views', join(folder, 'views'))
  app.set('view engine', 'tmpl')
  app.engine('tmpl', (path, options, done) => {
    const { settings, cache } = options as { settings: Record<string, unknown>; cache: unknown }
    const { views, own, 'view options': viewOptions } = settings
    done(
      null,
      JSON.stringify({
        path: path.slice(folder.length),
        views: views === app.get('views'),
        own,
        viewOptions,
        cache,
      }),
    )
  })
  app.get('/view', (req, res) => void res.render(String(req.query['name'])))
  app.set('query parser', 'extended')
  app.get('/query', (req, res) => void res.render('page', req.query))
  return { app, folder }
}

describe('res.render()', () => {
  it('finds views inside the folder, in folders below it too', async (t) => {
    const { app } = viewsApp(t)
    const client = await listen(t, app)
    assert.equal(JSON.parse((await client.get('/view?name=page')).body).path, '/views/page.tmpl')
    assert.equal(JSON.parse((await client.get('/view?name=sub/page')).body).path, '/views/sub/page.tmpl')
    assert.equal(JSON.parse((await client.get('/view?name=sub/../page')).body).path, '/views/page.tmpl')
  })

  for (const name of [
    '../secret',
    '../secret.tmpl',
    'sub/../../secret',
    './../secret',
    '..',
    '...tmpl',
    'sub/../..',
  ]) {
    it(`does not leave the folder for ${name}`, async (t) => {
      const { app } = viewsApp(t)
      const client = await listen(t, app)
      const answer = await client.get(`/view?name=${name}`)
      assert.equal(answer.status, 500)
      assert.match(answer.body, /Failed to lookup view/)
    })
  }

  it('does not follow an absolute name out of the views and the project', async (t) => {
    const { app, folder } = viewsApp(t)
    const client = await listen(t, app)
    assert.equal((await client.get(`/view?name=${join(folder, 'secret.tmpl')}`)).status, 500)
    assert.equal((await client.get(`/view?name=${join(folder, 'views/page.tmpl')}`)).status, 200)
  })

  it('keeps one name of a view in its cache, however many a client finds', async (t) => {
    const { app } = viewsApp(t)
    app.enable('view cache')
    const client = await listen(t, app)
    for (const name of ['page', './page', '././page', 'x/../page', './/page', 'page']) {
      assert.equal((await client.get(`/view?name=${name}`)).status, 200, name)
    }
    assert.deepEqual(Object.keys((app as unknown as { cache: object }).cache), ['page'])
  })

  it('goes anywhere, as Express does, with "views anywhere" enabled', async (t) => {
    const { app } = viewsApp(t)
    app.enable('views anywhere')
    const client = await listen(t, app)
    assert.equal(JSON.parse((await client.get('/view?name=../secret')).body).path, '/secret.tmpl')
  })

  it('keeps the settings of engines and the cache from values that a client sent', async (t) => {
    const { app } = viewsApp(t)
    const client = await listen(t, app)
    const attack = '/query?settings[views]=/etc&settings[view options][client]=1&settings[own]=fine&cache=1'
    const values = JSON.parse((await client.get(attack)).body) as Record<string, unknown>
    assert.deepEqual(values, { path: '/views/page.tmpl', views: true, own: 'fine', cache: false })
  })

  it('keeps them whatever way the values take: the options of app.render(), res.locals, a value that is none', async (t) => {
    const { app } = viewsApp(t)
    app.set('view options', { delimiter: '?' })
    app.get('/app', (req, res) =>
      app.render('page', req.query as object, (_error, text) => void res.send(text)),
    )
    app.get('/locals', (req, res) => {
      Object.assign(res.locals, req.query)
      res.render('page')
    })
    const client = await listen(t, app)
    for (const target of [
      '/app?_locals[settings][view options][client]=1',
      '/app?settings[view options][client]=1',
      '/locals?settings[view options][client]=1',
      '/query?settings=1',
      '/query?settings',
      '/query?settings[]=1',
      '/locals?settings=1',
    ]) {
      const { views, viewOptions } = JSON.parse((await client.get(target)).body) as Record<string, unknown>
      assert.deepEqual([views, viewOptions], [true, { delimiter: '?' }], target)
    }
  })

  it('lets an application put settings of its own in their place, in app.locals', async (t) => {
    const { app } = viewsApp(t)
    app.locals['settings'] = { own: 'the application’s' }
    const client = await listen(t, app)
    assert.equal(JSON.parse((await client.get('/query')).body).own, 'the application’s')
  })

  it('takes them from the values, as Express does, with "view settings from values" enabled', async (t) => {
    const { app } = viewsApp(t)
    app.enable('view settings from values')
    const client = await listen(t, app)
    const values = JSON.parse((await client.get('/query?settings[view options][client]=1')).body) as object
    assert.deepEqual(values, {
      path: '/views/page.tmpl',
      views: false,
      viewOptions: { client: '1' },
      cache: false,
    })
  })
})
