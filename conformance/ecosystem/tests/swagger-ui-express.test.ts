import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import swaggerUi from 'swagger-ui-express'
import { serve } from './support/serve.cjs'

const document = { openapi: '3.0.0', info: { title: 'Pets of the test', version: '1' }, paths: {} }

function site() {
  const app = express()
  app.use('/api-docs', swaggerUi.serve, swaggerUi.setup(document, { customSiteTitle: 'Docs' }))
  app.use('/files', swaggerUi.serveFiles(document), swaggerUi.setup(document))
  return app
}

test('swagger-ui-express serves the page, its initializer and its assets', async (t) => {
  const url = await serve(t, site())
  const page = await fetch(`${url}/api-docs/`)
  assert.match(await page.text(), /<title>Docs<\/title>/)
  for (const path of ['/api-docs', '/files']) {
    const init = await fetch(`${url}${path}/swagger-ui-init.js`)
    assert.equal(init.headers.get('content-type'), 'application/javascript; charset=utf-8')
    assert.match(await init.text(), /Pets of the test/)
  }
  const css = await fetch(`${url}/api-docs/swagger-ui.css`)
  assert.equal(css.status, 200)
  assert.equal(css.headers.get('content-type'), 'text/css; charset=utf-8')
  const bundle = await fetch(`${url}/api-docs/swagger-ui-bundle.js`)
  assert.ok((await bundle.arrayBuffer()).byteLength > 500_000)
})

test('swagger-ui-express redirects to the folder, and does not give package.json away', async (t) => {
  const url = await serve(t, site())
  const bare = await fetch(`${url}/api-docs`, { redirect: 'manual' })
  assert.equal(bare.status, 301)
  assert.equal(bare.headers.get('location'), '/api-docs/')
  assert.equal((await fetch(`${url}/api-docs/package.json`)).status, 404)
})
