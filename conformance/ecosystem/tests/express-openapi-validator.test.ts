import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import * as OpenApiValidator from 'express-openapi-validator'
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.use(express.json())
  app.use(
    OpenApiValidator.middleware({
      apiSpec: fixture('openapi.yaml'),
      validateResponses: true,
      validateSecurity: { handlers: { ApiKeyAuth: (req) => req.headers['x-api-key'] === 'secret' } },
    }),
  )
  app.get('/v1/pets', (req, res) => res.json([{ id: req.query.limit, name: String(req.query.tags) }]))
  app.post('/v1/pets', (req, res) => res.json(req.body))
  app.get('/v1/pets/:id', (req, res) => {
    const id = req.params.id as unknown as number
    res.json(id === 13 ? { id, name: 13 } : { id, name: typeof id })
  })
  app.post('/v1/pets/:id/photos', (req, res) => {
    const files = req.files as unknown as Express.Multer.File[]
    res.json({ size: files[0]?.size })
  })
  const onError: express.ErrorRequestHandler = (error, _req, res, _next) => {
    res.status(error.status || 500).json({ message: error.message, errors: error.errors })
  }
  app.use(onError)
  return app
}

test('express-openapi-validator coerces query and path parameters', async (t) => {
  const url = await serve(t, site())
  const list = await fetch(`${url}/v1/pets?limit=2&tags=a&tags=b`)
  assert.deepEqual(await list.json(), [{ id: 2, name: 'a,b' }])
  const one = await fetch(`${url}/v1/pets/7`)
  assert.deepEqual(await one.json(), { id: 7, name: 'number' })
})

test('express-openapi-validator reads multipart bodies through multer', async (t) => {
  const url = await serve(t, site())
  const body = new FormData()
  body.set('photo', new Blob(['12345']), 'p.png')
  const response = await fetch(`${url}/v1/pets/7/photos`, { method: 'POST', body })
  assert.deepEqual(await response.json(), { size: 5 })
})

test('express-openapi-validator refuses what the document does not allow', async (t) => {
  const url = await serve(t, site())
  const check = async (path: string, init: RequestInit, status: number, message: RegExp) => {
    const response = await fetch(`${url}${path}`, init)
    assert.equal(response.status, status, path)
    assert.match(((await response.json()) as { message: string }).message, message)
  }
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const withKey = { ...json, headers: { ...json.headers, 'x-api-key': 'secret' } }
  await check('/v1/pets', {}, 400, /must have required property 'limit'/)
  await check('/v1/pets?limit=1000', {}, 400, /must be <= 100/)
  await check('/v1/pets', { ...json, body: '{"name":"x"}' }, 401, /'X-API-Key' header required/)
  await check('/v1/pets', { ...withKey, body: '{"id":1}' }, 400, /must have required property 'name'/)
  await check('/v1/pets', { method: 'DELETE' }, 405, /method not allowed/i)
  await check('/v1/absent', {}, 404, /not found/)
  await check('/v1/pets/13', {}, 500, /\/response\/name must be string/)
})
