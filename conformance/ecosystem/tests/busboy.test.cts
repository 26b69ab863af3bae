import assert from 'node:assert/strict'
import { test } from 'node:test'
import busboy = require('busboy')
import express = require('express')
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.set('env', 'test')
  app.post('/', (req, res, next) => {
    const parts: unknown[] = []
    const parser = busboy({ headers: req.headers })
    parser.on('file', (name, file, { filename, mimeType }) => {
      let size = 0
      file.on('data', (data: Buffer) => {
        size += data.length
      })
      file.on('close', () => parts.push({ name, filename, mimeType, size }))
    })
    parser.on('field', (name, value) => parts.push({ name, value }))
    parser.on('error', next)
    parser.on('close', () => parser.errored || res.json(parts))
    req.pipe(parser)
  })
  return app
}

test('req pipes into busboy, files of several packets too', async (t) => {
  const body = new FormData()
  body.set('field', 'value')
  body.set('file', new Blob([Buffer.alloc(300_000)]), 'zeros.bin')
  const response = await fetch(await serve(t, site()), { method: 'POST', body })
  assert.deepEqual(await response.json(), [
    { name: 'field', value: 'value' },
    { name: 'file', filename: 'zeros.bin', mimeType: 'application/octet-stream', size: 300_000 },
  ])
})

test("busboy's errors become error responses", async (t) => {
  const url = await serve(t, site())
  const noMultipart = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'x',
  })
  assert.equal(noMultipart.status, 500)
  assert.match(await noMultipart.text(), /Unsupported content type: text\/plain/)
  const headers = { 'content-type': 'multipart/form-data; boundary=B' }
  const body = '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf'
  const cut = await fetch(url, { method: 'POST', headers, body })
  assert.equal(cut.status, 500)
  assert.match(await cut.text(), /Unexpected end of form/)
})
