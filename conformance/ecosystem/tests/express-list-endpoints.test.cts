import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import expressListEndpoints = require('express-list-endpoints')

const done: express.RequestHandler = (_req, res) => void res.end()

test('express-list-endpoints lists the routes of a router with methods and middleware names', () => {
  const router = express.Router()
  router
    .route('/')
    .all(function namedMiddleware(_req, _res, next) {
      next()
    })
    .get(done)
    .post(done)
  router.get('/about', done)
  router.put(['/a', '/b/:id'], done)
  assert.deepEqual(expressListEndpoints(router), [
    { path: '/', methods: ['GET', 'POST'], middlewares: ['namedMiddleware', 'done', 'done'] },
    { path: '/about', methods: ['GET'], middlewares: ['done'] },
    { path: '/a', methods: ['PUT'], middlewares: ['done'] },
    { path: '/b/:id', methods: ['PUT'], middlewares: ['done'] },
  ])
})

test("express-list-endpoints walks from the application's router into mounted routers", () => {
  const users = express.Router()
  users.get('/users/:id', done)
  const app = express()
  app.use(express.json())
  app.use(users)
  app.delete('/all', done)
  // Given the application, the package looks for app._router, which Express 5 does not have.
  const endpoints = expressListEndpoints(app.router as unknown as express.Express)
  assert.deepEqual(
    endpoints.map(({ path, methods }) => [path, methods]),
    [
      ['/users/:id', ['GET']],
      ['/all', ['DELETE']],
    ],
  )
})

test('express-list-endpoints gives nothing for an empty router', () => {
  assert.deepEqual(expressListEndpoints(express.Router()), [])
})
