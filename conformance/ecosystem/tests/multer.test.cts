import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import express = require('express')
import multer = require('multer')
import { serve } from './support/serve.cjs'

function site(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'multer-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const disk = multer({ dest: folder })
  const memory = multer({ storage: multer.memoryStorage(), limits: { fileSize: 1000 } })
  const app = express()
  app.post('/profile', disk.single('avatar'), (req, res) => {
    const path = req.file?.path ?? ''
    res.json({ name: req.file?.originalname, content: readFileSync(path, 'utf8'), body: req.body })
  })
  const fields = memory.fields([
    { name: 'avatar', maxCount: 1 },
    { name: 'gallery', maxCount: 2 },
  ])
  app.post('/gallery', fields, (req, res) => {
    const files = req.files as unknown as Record<string, Express.Multer.File[]>
    res.json({ avatar: files.avatar?.length, gallery: files.gallery?.map((file) => file.buffer.toString()) })
  })
  app.post('/fields', memory.none(), (req, res) => void res.json(req.body))
  const onError: express.ErrorRequestHandler = (error, _req, res, next) => {
    if (error instanceof multer.MulterError) res.status(400).json({ code: error.code, field: error.field })
    else next(error)
  }
  app.use(onError)
  return { app, folder }
}

function form(...parts: [name: string, content: string, filename?: string][]) {
  const body = new FormData()
  for (const [name, content, filename] of parts) {
    if (filename) body.append(name, new Blob([content]), filename)
    else body.append(name, content)
  }
  return { method: 'POST', body }
}

test('multer stores a file on disk and gives the text fields', async (t) => {
  const { app } = site(t)
  const url = await serve(t, app)
  const response = await fetch(`${url}/profile`, form(['user[name]', 'tobi'], ['avatar', 'pixels', 'me.png']))
  assert.deepEqual(await response.json(), {
    name: 'me.png',
    content: 'pixels',
    body: { user: { name: 'tobi' } },
  })
})

test('multer keeps several files in memory, and takes a form without files', async (t) => {
  const url = await serve(t, site(t).app)
  const gallery = form(['avatar', 'a', 'a.png'], ['gallery', 'b', 'b.png'], ['gallery', 'c', 'c.png'])
  const response = await fetch(`${url}/gallery`, gallery)
  assert.deepEqual(await response.json(), { avatar: 1, gallery: ['b', 'c'] })
  const fields = await fetch(`${url}/fields`, form(['a', '1'], ['a', '2']))
  assert.deepEqual(await fields.json(), { a: ['1', '2'] })
})

test("multer's errors reach the error handler, and no file stays behind", async (t) => {
  const { app, folder } = site(t)
  const url = await serve(t, app)
  const large = await fetch(`${url}/gallery`, form(['avatar', 'x'.repeat(2000), 'a.png']))
  assert.equal(large.status, 400)
  assert.deepEqual(await large.json(), { code: 'LIMIT_FILE_SIZE', field: 'avatar' })
  const unexpected = await fetch(`${url}/profile`, form(['avatar', 'a', 'a.png'], ['other', 'b', 'b.png']))
  assert.equal(unexpected.status, 400)
  assert.deepEqual(await unexpected.json(), { code: 'LIMIT_UNEXPECTED_FILE', field: 'other' })
  assert.deepEqual(readdirSync(folder), [])
})

test('a multipart body that is cut short is an error', async (t) => {
  const url = await serve(t, site(t).app)
  const headers = { 'content-type': 'multipart/form-data; boundary=B' }
  const body = '--B\r\nContent-Disposition: form-data; name="avatar"; filename="a"\r\n\r\npix'
  const response = await fetch(`${url}/profile`, { method: 'POST', headers, body })
  assert.equal(response.status, 500)
  assert.match(await response.text(), /Unexpected end of form/)
})
