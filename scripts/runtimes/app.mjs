/*
 * The application that runs on each runtime: as people write one for Node.js, with middleware from npm.
 */
import { setTimeout as wait } from 'node:timers/promises'
import compression from 'compression'
import cookieParser from 'cookie-parser'
import helmet from 'helmet'
import nozomi from 'nozomi'

const { web } = nozomi

export const app = nozomi()
/** What became of answers that were broken off. */
const closed = []

app.set('env', 'test')
app.use(helmet(), cookieParser())
app.use(nozomi.json({ limit: '10kb' }), nozomi.urlencoded(), nozomi.text())

app.get('/hello/:name', (req, res) => {
  const { params, query, ip, protocol, hostname, cookies, env } = req
  res.json({ params, query, ip, protocol, hostname, cookies, env })
})
app.post('/echo', (req, res) => void res.status(201).json(req.body))
app.post('/pipe', (req, res) => void req.pipe(res))
app.get('/cookies', (_req, res) => void res.cookie('a', '1').cookie('b', '2').end())
app.get('/status/:status', (req, res) => void res.sendStatus(Number(req.params.status)))
app.get('/large', (_req, res) => void res.send(Buffer.alloc(1_000_000, 'x')))
app.get('/compressed', compression({ threshold: 0 }), (_req, res) => void res.send('hello '.repeat(1000)))
app.get('/pieces', async (_req, res) => {
  res.type('text')
  for (const piece of ['one,', 'two,', 'three']) {
    res.write(piece)
    await wait(50)
  }
  res.end()
})
app.get('/endless', (_req, res) => {
  const timer = setInterval(() => res.write('x'.repeat(1000)), 10)
  res.on('close', () => {
    clearInterval(timer)
    closed.push(res.writableFinished)
  })
})
app.get('/closed', (_req, res) => void res.json(closed))
app.get('/hints', async (_req, res) => {
  res.writeEarlyHints({ link: '</a.css>; rel=preload' })
  await wait(20)
  res.setHeader('Trailer', 'X-Trailer')
  res.write('a')
  res.addTrailers({ 'X-Trailer': '1' })
  res.end('b')
})
app.get('/file', (_req, res) => void res.sendFile('app.mjs', { root: process.cwd() }))
app.use('/static', nozomi.static(process.cwd()))
app.get('/fail', async () => {
  throw Object.assign(new Error('boom'), { status: 418 })
})

app.get(
  '/web/:name',
  web((request, { params }) => Response.json({ path: new URL(request.url).pathname, params })),
)
app.post(
  '/web',
  web(async (request) => new Response((await request.text()).toUpperCase())),
)
