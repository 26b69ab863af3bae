// As in Sentry's guide for Express: the SDK first, its error handler after all routes.
// oxlint-disable-next-line import/no-unassigned-import -- it must run before express is loaded
import './sentry.cjs'
import * as Sentry from '@sentry/node'
import express = require('express')

const app = express()
app.use(function requestId(_req, _res, next) {
  next()
})
const users = express.Router()
users.get('/:id', (req, res) => void res.json({ id: req.params.id }))
users.get('/:id/fail', () => {
  throw new Error('boom')
})
app.use('/users', users)
Sentry.setupExpressErrorHandler(app)
app.use(((_error, _req, res, _next) => {
  res.status(500).end(`${(res as { sentry?: string }).sentry}\n`)
}) as express.ErrorRequestHandler)
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as { port: number }).port })
})
