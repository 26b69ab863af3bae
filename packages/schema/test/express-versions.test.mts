import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import test from 'node:test'
import { watchRegistrations } from '@nozomi/insight/layers'
import { z } from 'zod'
import { createMiddleware, openapi, openapiDocument, validate, version, versions } from '#dist/index.js'
import { applicationOf, asking, echo, lines } from './support/asking.mjs'

/*
 * Everything is tested on the newest Express 5; on those before it, each part of the package that looks into the framework. Express 5.1 has
 * the router that it came with, which does not keep the paths of mounts.
 */

const require = createRequire(import.meta.url)
const VERSIONS = [
  { name: 'express-5.2', express: require('express-5.2'), keepsPaths: true },
  { name: 'express-5.1', express: withOldRouter(() => require('express-5.1')), keepsPaths: false },
]

function withOldRouter<T>(load: () => T): T {
  const path = require.resolve('router')
  const { exports: newest } = require.cache[path] as NodeModule
  const loaded = require.cache[path] as NodeModule
  loaded.exports = require('router-2.2')
  try {
    return load()
  } finally {
    loaded.exports = newest
  }
}

const User = z.object({ id: z.number(), name: z.string() })
const ById = z.object({ id: z.number() })

for (const { name, express, keepsPaths } of VERSIONS) {
  test(`${name} is that version`, () => {
    assert.equal(require(`${name}/package.json`).version.slice(0, 3), name.slice(-3))
  })

  test(`${name}: what passes reaches the handler, and what does not is refused`, async (t) => {
    const contract = {
      params: ById,
      query: z.object({ tags: z.array(z.string()), deep: z.boolean().optional() }),
      cookies: z.object({ seen: z.boolean() }),
      body: z.object({ name: z.string() }),
    }
    const ask = await asking(
      t,
      applicationOf(express, (app) => app.route('/users/:id').put([validate(contract)], echo)),
    )
    const headers = { cookie: 'seen=1' }
    const json = { name: 'Ada' }
    const { body } = await ask('/users/7?tags=a&deep=true', { method: 'PUT', headers, json })
    const parts = {
      params: { id: 7 },
      query: { tags: ['a'], deep: true },
      cookies: { seen: true },
      body: json,
    }
    assert.deepEqual(body, { ...parts, valid: parts })
    const refused = await ask('/users/x?deep=7', { method: 'PUT', headers, json: {} })
    assert.equal(refused.status, 400)
    assert.deepEqual(lines(refused).toSorted(), [
      'body.name required',
      'params.id type',
      'query.deep type',
      'query.tags required',
    ])
  })

  for (const responses of ['validate', 'serialize'] as const) {
    test(`${name}: of an answer only declared members leave the server (${responses})`, async (t) => {
      const ask = await asking(
        t,
        applicationOf(express, (app) =>
          app.get('/', validate({ response: { 200: User } }, { responses }), (_req: unknown, res: any) => {
            res.json({ id: 1, name: 'Ada', password: 'x' })
          }),
        ),
      )
      assert.deepEqual((await ask('/')).body, { id: 1, name: 'Ada' })
    })
  }

  test(`${name}: the document and versions${keepsPaths ? '' : ', with watchRegistrations(),'} have the routes of mounted routers`, async (t) => {
    const requireUser = createMiddleware<{ user: string }>((_req, _res, next) => next(), {
      response: { 401: null },
    })
    const users = () => express.Router().get('/:id', validate({ params: ById }), echo)
    const ask = await asking(
      t,
      applicationOf(express, (app) => {
        const stop = keepsPaths ? () => {} : watchRegistrations(app)
        app.use('/users', requireUser, users())
        app.use('/api', versions([version('v1', users()), version('v2', users())]))
        app.use(openapi(app, { info: { title: 'Users', version: '1' }, docs: false }))
        stop()
      }),
    )
    const { body } = await ask('/openapi.json')
    assert.deepEqual(Object.keys(body.paths), ['/users/{id}', '/api/v1/{id}', '/api/v2/{id}'])
    assert.ok('401' in body.paths['/users/{id}'].get.responses)
    assert.deepEqual((await ask('/api/v2/3')).body.params, { id: 3 })
    assert.deepEqual(lines(await ask('/users/x')), ['params.id type'])
    assert.equal((await ask('/api/v3/3')).status, 404)
  })

  test(`${name}: without watchRegistrations() ${keepsPaths ? 'it has them, too' : 'the routes of mounted routers are left out'}`, () => {
    const app = express()
    app.use('/users', express.Router().get('/:id', validate({ params: ById }), echo))
    app.get('/health', validate({}), echo)
    const { paths } = openapiDocument(app, { info: { title: 'Users', version: '1' } })
    assert.deepEqual(Object.keys(paths), keepsPaths ? ['/users/{id}', '/health'] : ['/health'])
  })
}
