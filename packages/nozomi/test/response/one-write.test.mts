import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it, type TestContext } from 'node:test'
import nozomi, { type Request, type Response } from 'nozomi'
import { listen } from '../support/serve.mjs'

const FOLDER = mkdtempSync(join(tmpdir(), 'nozomi-one-write-'))
const FILE = join(FOLDER, 'file.txt')
writeFileSync(FILE, 'file')
after(() => rmSync(FOLDER, { recursive: true }))

type Handler = (req: Request, res: Response) => unknown

/** Asks for what the handler answers, and counts how often the server's socket hands bytes to the system. */
async function writesFor(
  t: TestContext,
  handler: Handler,
  head: string,
): Promise<[writes: number, answer: string]> {
  const app = nozomi()
  app.all('/', (req, res) => void handler(req, res))
  const client = await listen(t, app)
  let writes = 0
  client.server.on('connection', (socket: Socket) => {
    for (const name of ['_write', '_writev'] as const) {
      const original = socket[name] as (...args: unknown[]) => void
      socket[name] = function counted(...args: unknown[]) {
        writes++
        original.apply(socket, args)
      }
    }
  })
  const answer = await client.raw(`${head.replace('\n', '\r\n')}\r\nHost: x\r\nConnection: close\r\n\r\n`)
  return [writes, answer]
}

const GET = 'GET / HTTP/1.1'
const HEAD = 'HEAD / HTTP/1.1'
const CONDITIONAL = `${GET}\nIf-None-Match: "tag"`

const bytes = Buffer.alloc(4000, 'b')

const ANSWERS: [title: string, handler: Handler, request: string, status: number, end: string][] = [
  ['res.json()', (_req, res) => res.json({ a: 1 }), GET, 200, '{"a":1}'],
  ['res.json() of a long value', (_req, res) => res.json('j'.repeat(4000)), GET, 200, 'jjj"'],
  [
    'res.jsonp()',
    (_req, res) => res.jsonp({ a: 1 }),
    `${GET.replace('/ ', '/?callback=f ')}`,
    200,
    '({"a":1});',
  ],
  ['res.send() of a string', (_req, res) => res.send('text'), GET, 200, 'text'],
  ['res.send() of a long string', (_req, res) => res.send('é'.repeat(4000)), GET, 200, 'Ã©'],
  ['res.send() of a Buffer', (_req, res) => res.send(bytes), GET, 200, 'bbb'],
  ['res.send() of a typed array', (_req, res) => res.send(new Uint8Array([120])), GET, 200, '\r\n\r\nx'],
  ['res.send() of nothing', (_req, res) => res.send(), GET, 200, '\r\n\r\n'],
  ['res.end() of a string', (_req, res) => res.end('text'), GET, 200, 'text'],
  ['res.end() of a Buffer', (_req, res) => res.end(bytes), GET, 200, 'bbb'],
  ['res.end() of nothing', (_req, res) => res.status(201).end(), GET, 201, '\r\n\r\n'],
  ['res.sendStatus()', (_req, res) => res.sendStatus(410), GET, 410, 'Gone'],
  ['res.redirect()', (_req, res) => res.redirect('/there'), GET, 302, 'Redirecting to /there'],
  ['res.sendFile() of a small file', (_req, res) => res.sendFile(FILE), GET, 200, 'file'],
  ['a 304', (_req, res) => res.set('ETag', '"tag"').send('text'), CONDITIONAL, 304, '\r\n\r\n'],
  ['a 204', (_req, res) => res.status(204).send('text'), GET, 204, '\r\n\r\n'],
  ['an answer to HEAD', (_req, res) => res.send('text'), HEAD, 200, '\r\n\r\n'],
  ['an error page', () => assert.fail('no'), GET, 500, '</html>\n'],
]

describe('one write is all that it takes for', () => {
  for (const [title, handler, request, status, end] of ANSWERS) {
    it(title, async (t) => {
      t.mock.method(console, 'error', () => {})
      const [writes, answer] = await writesFor(t, handler, request)
      assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `))
      assert.ok(answer.endsWith(end), answer)
      assert.equal(writes, 1)
    })
  }

  it('nothing that is written in two turns, which takes two', async (t) => {
    const [writes] = await writesFor(
      t,
      (_req, res) => {
        res.set('Content-Length', '2').write('a')
        setImmediate(() => setImmediate(() => res.end('b')))
      },
      GET,
    )
    assert.equal(writes, 2)
  })
})
