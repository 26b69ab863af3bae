/** One contestant of hello.mjs: listens on a free port and prints it. */
import { createServer } from 'node:http'
import express from 'express'
import nozomi from 'nozomi'

const HEADERS = {
  'X-Powered-By': 'Express',
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': '17',
  ETag: 'W/"11-IkjuL6CqqtmReFMfkkvwC0sKj04"',
}

const [name] = process.argv.slice(2)
const server = start(name).listen(0, '127.0.0.1', () => console.log(server.address().port))

function start(contestant) {
  if (contestant === 'node-http') return createServer(answer)
  const app = contestant === 'express' ? express() : nozomi()
  app.get('/', (_req, res) => {
    res.json({ hello: 'world' })
  })
  if (contestant === 'nozomi-create-server') return createServer(app)
  // app.listen() creates the server that the application would: it is listened on here, to be told its port.
  return { listen: (...args) => app.listen(...args) }
}

function answer(_req, res) {
  for (const [field, value] of Object.entries(HEADERS)) res.setHeader(field, value)
  res.end(JSON.stringify({ hello: 'world' }))
}
