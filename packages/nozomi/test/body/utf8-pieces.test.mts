import assert from 'node:assert/strict'
import { request } from 'node:http'
import { json as readJson } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { decodeBody, Utf8Pieces } from '#dist/body/charset.js'
import fc from 'fast-check'
import nozomi from 'nozomi'
import { listen } from '../support/serve.mjs'

const bytes = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
  // Sequences that are cut short, too long, or none: each gives as many U+FFFD as when it comes whole.
  fc
    .array(
      fc.constantFrom(0x41, 0x80, 0xbf, 0xbb, 0xc3, 0xe2, 0x82, 0xac, 0xed, 0xa0, 0xef, 0xf0, 0x9f, 0xff),
    )
    .map((list) => Buffer.from(list)),
)

describe('a body of UTF-8 that comes in pieces', () => {
  it('is the text that it is as a whole, wherever it is cut', () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(), { maxLength: 5 }), fc.boolean(), (content, cuts, hasMark) => {
        const body = hasMark ? Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), content]) : content
        const ends = cuts.map((cut) => cut % (body.length + 1)).toSorted((a, b) => a - b)
        const pieces = new Utf8Pieces()
        for (const [index, end] of [...ends, body.length].entries())
          pieces.add(body.subarray(index === 0 ? 0 : ends[index - 1], end))
        assert.equal(pieces.end(), decodeBody(body, 'utf-8'))
      }),
      { numRuns: 2000 },
    )
  })

  it('is parsed, shown to a verify as bytes, and refused as text, like one that comes at once', async (t) => {
    const app = nozomi()
    const verified: string[] = []
    const verify = (_req: unknown, _res: unknown, body: Buffer): void => void verified.push(body.toString())
    app.post('/plain', nozomi.json(), (req, res) => void res.json(req.body))
    app.post('/verified', nozomi.json({ verify }), (req, res) => void res.json(req.body))
    app.post('/text', nozomi.text(), (req, res) => void res.json(req.body))
    app.use((error: { body: unknown }, _req: unknown, res: nozomi.Response, _next: unknown) => {
      res.status(400).json({ body: error.body })
    })
    const { port } = await listen(t, app)
    const send = async (path: string, type: string, text: string): Promise<unknown> => {
      const body = Buffer.from(text)
      const sent = request({ port, path, method: 'POST', headers: { 'Content-Type': type } })
      // One byte at a time, in chunks of their own: every letter of more than one is cut.
      for (const byte of body) sent.write(Buffer.of(byte))
      sent.end()
      return new Promise((resolve, reject) => {
        sent.on('response', (response) => resolve(readJson(response))).on('error', reject)
      })
    }
    const text = '{"name":"Ærøskøbing ⛵ 🏝"}'
    for (const path of ['/plain', '/verified'])
      assert.deepEqual(await send(path, 'application/json', text), JSON.parse(text), path)
    assert.deepEqual(verified, [text])
    assert.equal(await send('/text', 'text/plain', `\uFEFF${text}`), text)
    assert.deepEqual(await send('/plain', 'application/json', '{"é"'), { body: '{"é"' })
  })
})
