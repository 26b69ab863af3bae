import { createHmac, timingSafeEqual } from 'node:crypto'
import helmet from 'helmet'
import type { RequestHandler } from 'nozomi'
import type { Framework } from './framework.mjs'

const SECRET = 'a secret shared with the sender'

/** Signatures are of the bytes, so the webhooks stand in front of the parsers that all others share. */
export function createWebhookReceiver(express: Framework) {
  const app = express()
  const received: string[] = []
  app.post('/webhooks/payments', express.raw({ type: 'application/json' }), requireSignature, (req, res) => {
    received.push((JSON.parse(String(req.body)) as { type: string }).type)
    res.sendStatus(202)
  })
  app.post('/webhooks/source', express.json({ verify: keepBytes }), (req, res) => {
    received.push(String(req.body.type))
    res.sendStatus(202)
  })
  app.post('/webhooks/mail', readText, (req, res) => {
    received.push(String(req.body))
    res.sendStatus(202)
  })
  app.use(helmet())
  app.use(express.json())
  app.use(express.urlencoded({ extended: true }))
  app.post('/subscriptions', (req, res) => {
    const { url } = req.body as { url?: string }
    res.status(url ? 201 : 400).json({ url })
  })
  app.get('/received', (_req, res) => res.json(received))
  return app
}

const requireSignature: RequestHandler = (req, res, next) => {
  const expected = createHmac('sha256', SECRET)
    .update(req.body as Buffer)
    .digest('hex')
  const given = String(req.get('X-Signature')).padEnd(expected.length).slice(0, expected.length)
  if (timingSafeEqual(Buffer.from(given), Buffer.from(expected))) next()
  else res.status(401).send('the signature is wrong')
}

function keepBytes(req: object, _res: object, bytes: Buffer): void {
  ;(req as { rawBody?: Buffer }).rawBody = bytes
}

const readText: RequestHandler = (req, _res, next) => {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('error', next)
  req.on('end', () => {
    req.body = Buffer.concat(chunks).toString()
    next()
  })
}
