/** An application whose one text has the pattern `argv[3]`, which it holds texts against itself: fuzzed here (`fuzz`), or served (`serve`). */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ApiDocument } from '@nozomi/schema'
import { fuzz } from '@nozomi/schema/fuzz'

const [, , task, pattern = ''] = process.argv
const expression = new RegExp(pattern, 'u')

const document: ApiDocument = {
  openapi: '3.1.0',
  paths: {
    '/texts': {
      post: {
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['text'],
                properties: { text: { type: 'string', pattern } },
              },
            },
          },
        },
        responses: { 204: { description: 'taken' }, 400: { description: 'refused' } },
      },
    },
  },
}

const app: RequestListener = (req, res) => {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('end', () => {
    if (req.url === '/openapi.json') return res.end(JSON.stringify(document))
    res.statusCode = isTaken(Buffer.concat(chunks).toString()) ? 204 : 400
    return res.end()
  })
}

function isTaken(body: string): boolean {
  try {
    const { text } = JSON.parse(body) as { text?: unknown }
    return typeof text === 'string' && expression.test(text)
  } catch {
    return false
  }
}

if (task === 'fuzz') {
  const report = await fuzz({ target: app, document, seed: 7, runs: 60, refusals: false })
  console.log(JSON.stringify(report))
} else {
  const server = createServer(app).listen(0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
}
