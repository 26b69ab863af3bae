/**
 * node:http alone: what a request costs before any framework does anything. It sends the fields that Express sends,
 * those whose values do not change as constants.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { receiptOf } from '../workload/documents.mjs'
import { NOT_FOUND_FIELDS, NOT_FOUND_TYPE, notFoundPage } from '../workload/not-found-page.mjs'
import { ADDRESS, listening } from './listening.mjs'

const POWERED_BY = { 'X-Powered-By': 'Express' }
const JSON_TYPE = 'application/json; charset=utf-8'

export async function start(_name, application, options) {
  const answer = await applications[application](options)
  return listening(createServer(answer).listen(...ADDRESS))
}

const applications = {
  hello() {
    const fields = {
      ...POWERED_BY,
      'Content-Type': JSON_TYPE,
      'Content-Length': '17',
      ETag: 'W/"11-IkjuL6CqqtmReFMfkkvwC0sKj04"',
    }
    return (_req, res) => {
      res.writeHead(200, fields).end(JSON.stringify({ hello: 'world' }))
    }
  },

  text() {
    const fields = {
      ...POWERED_BY,
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': '13',
      ETag: 'W/"d-lDpwLQbzRZmu4fjajvn3KWAx1pk"',
    }
    return (_req, res) => {
      res.writeHead(200, fields).end('Hello, world!')
    }
  },

  page: async () => {
    const { PAGE } = await import('../workload/page.mjs')
    return (req, res) => {
      const hash = createHash('sha1').update(PAGE).digest('base64').slice(0, 27)
      const fields = { ...POWERED_BY, ETag: `W/"${PAGE.length.toString(16)}-${hash}"` }
      if (req.headers['if-none-match'] === fields.ETag) {
        res.writeHead(304, fields).end()
        return
      }
      fields['Content-Type'] = 'text/html; charset=utf-8'
      fields['Content-Length'] = PAGE.length
      res.writeHead(200, fields).end(PAGE)
    }
  },

  jsonBody: () => async (req, res) => {
    sendJson(res, receiptOf(JSON.parse(await readText(req))))
  },

  formBody: async () => {
    const { default: qs } = await import('qs')
    return async (req, res) => {
      sendJson(res, qs.parse(await readText(req)))
    }
  },

  largeJson: async () => {
    const { catalogue } = await import('../workload/catalogue.mjs')
    return (_req, res) => {
      sendJson(res, catalogue)
    }
  },

  files: ({ root }) => {
    return async (req, res) => {
      // Names are not checked: this is a reference, not an example.
      const path = join(root, req.url)
      const { size, mtime } = await stat(path)
      res.writeHead(200, {
        ...POWERED_BY,
        'Accept-Ranges': 'bytes',
        'Cache-Control': 'public, max-age=0',
        'Last-Modified': mtime.toUTCString(),
        ETag: `W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`,
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': size,
      })
      createReadStream(path).pipe(res)
    }
  },

  /** The middleware of Express, each called by the one before: what no framework can spare. */
  production: async () => {
    const { productionMiddleware } = await import('../workload/production.mjs')
    const stack = await productionMiddleware()
    return (req, res) => {
      res.setHeader('X-Powered-By', POWERED_BY['X-Powered-By'])
      passTo(0)

      function passTo(index) {
        if (index === stack.length) return req.url === '/login' ? logIn(req, res) : welcome(req, res)
        stack[index](req, res, (error) => (error ? res.destroy(error) : passTo(index + 1)))
      }
    }
  },

  /** It has no router: nothing is ever found. */
  routes: () => (req, res) => {
    const page = notFoundPage(req.method, req.url)
    res
      .writeHead(404, {
        ...POWERED_BY,
        ...NOT_FOUND_FIELDS,
        'Content-Type': NOT_FOUND_TYPE,
        'Content-Length': Buffer.byteLength(page),
      })
      .end(page)
  },
}

function logIn(req, res) {
  req.session.user = 'ada'
  res.statusCode = 204
  res.appendHeader('Set-Cookie', 'theme=dark; Path=/')
  res.end()
}

function welcome(req, res) {
  const text = JSON.stringify({ user: req.session.user, theme: req.cookies.theme })
  res.setHeader('Content-Type', JSON_TYPE)
  res.setHeader('Content-Length', Buffer.byteLength(text))
  res.setHeader('ETag', 'W/"1d-4qpba/39y7y2LWVFTksZdqhrUuc"')
  res.end(text)
}

function sendJson(res, value) {
  const text = JSON.stringify(value)
  const fields = { ...POWERED_BY, 'Content-Type': JSON_TYPE, 'Content-Length': Buffer.byteLength(text) }
  res.writeHead(200, fields).end(text)
}

function readText(req) {
  return new Promise((resolve, reject) => {
    const chunks = []
    req.on('data', (chunk) => chunks.push(chunk))
    req.on('end', () => resolve(Buffer.concat(chunks).toString()))
    req.on('error', reject)
  })
}
