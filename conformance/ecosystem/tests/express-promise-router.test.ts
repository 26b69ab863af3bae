import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import PromiseRouterModule from 'express-promise-router'
import { serve } from './support/serve.cjs'

// The package is CommonJS with a default property: Node.js and TypeScript see the default in different places.
const Router =
  (PromiseRouterModule as unknown as { default?: typeof PromiseRouterModule }).default ?? PromiseRouterModule

function site() {
  const router = (Router as unknown as () => express.Router)()
  router.use('/url', (async () => 'next') as unknown as express.RequestHandler)
  router.get('/url/:id', (async () => 'route') as unknown as express.RequestHandler, (_req, res) => {
    res.send('never: the route was left')
  })
  router.get('/url/:id', async (req, res) => {
    await Promise.resolve()
    res.send(`Hi ${req.params.id}!`)
  })
  router.get('/fail', async () => {
    throw new Error('You must be an admin to view this page.')
  })
  const onError: express.ErrorRequestHandler = (error, _req, res, _next) =>
    void res.status(403).send(error.message)
  router.use(onError)
  const app = express()
  app.use('/api', router)
  return app
}

test("express-promise-router's promises steer as next, next('route') and next(error)", async (t) => {
  const url = await serve(t, site())
  assert.equal(await (await fetch(`${url}/api/url/tobi`)).text(), 'Hi tobi!')
  const failed = await fetch(`${url}/api/fail`)
  assert.equal(failed.status, 403)
  assert.equal(await failed.text(), 'You must be an admin to view this page.')
  assert.equal((await fetch(`${url}/api/absent`)).status, 404)
})
