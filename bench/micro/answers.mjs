/**
 * Answering on messages of node that no server made and a socket that goes nowhere, beside Express and node alone:
 * `node bench/micro/answers.mjs`. What is timed is all that happens between node's parser and node's socket.
 */
import { IncomingMessage, ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'
import express from 'express'
import nozomi from '../../packages/nozomi/index.mjs'
import { PAGE } from '../workload/page.mjs'
import { compare, measure } from './compare.mjs'

const ANSWERS = {
  'res.json({ hello })': (_req, res) => res.json({ hello: 'world' }),
  'res.send of 2 KB': (_req, res) => res.send(PAGE),
  'res.status(201).set(...).json({ hello })': (_req, res) =>
    res.status(201).set('Cache-Control', 'no-store').set('X-Request-Id', '7').json({ hello: 'world' }),
  'res.type(text).send(hello)': (_req, res) => res.type('text/plain').send('hello'),
  'req.get, req.query, req.path, req.is': (req, res) =>
    res.json({ agent: req.get('User-Agent'), query: req.query, path: req.path, is: req.is('json') }),
}

for (const [title, handler] of Object.entries(ANSWERS)) {
  await compare(title, { express: answering(express(), handler), nozomi: answering(nozomi(), handler) })
}
await measure()

/** One request through an application; gives status, fields and body, as they were written. */
function answering(app, handler) {
  app.get('/', handler)
  // A server would construct the application's own messages, where it has any of its own.
  const Request = constructorOf(app.request, IncomingMessage)
  const Response = constructorOf(app.response, ServerResponse)
  let written = ''
  const socket = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      written += chunk
      done()
    },
  })
  return () => {
    written = ''
    const req = new Request(socket)
    req.httpVersionMajor = 1
    req.httpVersionMinor = 1
    req.httpVersion = '1.1'
    req.method = 'GET'
    req.url = '/?page=2'
    req.rawHeaders = ['Host', 'localhost', 'User-Agent', 'bench']
    const res = new Response(req)
    res.sendDate = false
    res.assignSocket(socket)
    app(req, res)
    res.detachSocket(socket)
    return written
  }
}

function constructorOf(prototype, ofNode) {
  const own = prototype.constructor
  return own.prototype === prototype && own.prototype instanceof ofNode ? own : ofNode
}
