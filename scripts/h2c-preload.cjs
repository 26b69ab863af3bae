/**
 * Puts HTTP/2 between every server of a process and its clients:
 *
 *     NODE_OPTIONS="--require <this file>" node anything.js
 *
 * `http.createServer(listener)` makes a server of node's then, which takes requests of HTTP/1.1, asks a second server of
 * ours by h2c for each of them, and writes its answer back. That is how suites whose clients know no HTTP/2 run over it.
 * PRELOAD_PACKAGE is the folder of the framework, where that is not the one beside this file.
 */
'use strict'

const http = require('node:http')
const http2 = require('node:http2')
const { syncBuiltinESMExports } = require('node:module')
const { join } = require('node:path')
const { pipeline } = require('node:stream')

const PACKAGE = process.env.PRELOAD_PACKAGE ?? join(__dirname, '../packages/nozomi')
const OF_A_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
])

const { createServer } = http
http.createServer = function createRelayedServer(...args) {
  const listener = args.find((arg) => typeof arg === 'function')
  const front = createServer(args.find((arg) => typeof arg === 'object') ?? {})
  if (listener) relay(front, listener)
  return front
}
syncBuiltinESMExports()

function relay(front, listener) {
  let session
  front.on('request', (req, res) => {
    session ??= connectTo(listener)
    session.then((one) => ask(one.session, req, res))
  })
  // Suites let a server listen again.
  front.on('close', () => {
    session?.then((one) => one.close())
    session = undefined
  })
}

function connectTo(listener) {
  const behind = require(PACKAGE).createServer(listener, { server: 'http2' })
  return new Promise((resolve) => {
    // As suites listen: on all addresses, so that those of clients look the same.
    behind.listen(0, () => {
      const session = http2.connect(`http://127.0.0.1:${behind.address().port}`)
      session.on('error', () => {})
      const close = () => {
        session.destroy()
        behind.close()
      }
      resolve({ session, close })
    })
  })
}

function ask(session, req, res) {
  const hasBody = 'transfer-encoding' in req.headers || Number(req.headers['content-length'] ?? 0) > 0
  let stream
  try {
    stream = session.request(fieldsOf(req), { endStream: !hasBody, waitForTrailers: true })
  } catch {
    res.destroy()
    return
  }
  if (hasBody) pipeline(req, stream, () => {})
  let trailers = {}
  stream.on('wantTrailers', () => stream.sendTrailers({ ...req.trailers }))
  stream.on('trailers', (fields) => {
    trailers = fields
  })
  stream.on('error', () => res.destroy())
  res.on('close', () => stream.close(http2.constants.NGHTTP2_CANCEL))
  stream.on('response', (fields, _flags, raw) => {
    res.sendDate = false
    res.writeHead(
      fields[':status'],
      raw.filter((_, at) => !raw[at - (at % 2)].startsWith(':')),
    )
    stream.on('data', (piece) => {
      if (!res.write(piece)) stream.pause()
    })
    res.on('drain', () => stream.resume())
    stream.on('end', () => {
      if (stream.rstCode !== 0) return
      res.addTrailers(trailers)
      res.end()
    })
  })
}

function fieldsOf({ method, url, rawHeaders }) {
  const fields = { ':method': method, ':path': url }
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const given = rawHeaders[i].toLowerCase()
    const name = given === 'host' ? ':authority' : given
    if (OF_A_CONNECTION.has(name)) continue
    fields[name] = name in fields ? [fields[name], rawHeaders[i + 1]].flat() : rawHeaders[i + 1]
  }
  return fields
}
