// The application of application.cts as an ES module.
import express from 'express'

const app = express()
app.use(function requestId(req, res, next) {
  res.set('x-request-id', req.get('x-request-id') ?? 'none')
  next()
})
app.use(express.json())
const users = express.Router()
users.get('/:id', async (req, res) => {
  await new Promise((done) => setTimeout(done, 2))
  res.json({ id: req.params.id })
})
users.get('/:id/fail', () => {
  throw new Error('boom')
})
app.use('/users', users)
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as { port: number }).port })
})
