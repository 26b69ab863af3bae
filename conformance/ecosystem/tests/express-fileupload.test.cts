import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import fileUpload = require('express-fileupload')
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.use(fileUpload({ limits: { fileSize: 1000 }, abortOnLimit: true }))
  app.post('/upload', (req, res) => {
    const foo = req.files?.foo as fileUpload.UploadedFile | undefined
    if (!foo) {
      res.status(400).send('No files were uploaded.')
      return
    }
    res.json({ name: foo.name, data: foo.data.toString(), mimetype: foo.mimetype, body: req.body })
  })
  return app
}

function upload(url: string, content: string) {
  const body = new FormData()
  body.set('title', 'a title')
  body.set('foo', new Blob([content], { type: 'text/plain' }), 'foo.txt')
  return fetch(`${url}/upload`, { method: 'POST', body })
}

test('express-fileupload gives files and fields', async (t) => {
  const response = await upload(await serve(t, site()), 'content')
  assert.deepEqual(await response.json(), {
    name: 'foo.txt',
    data: 'content',
    mimetype: 'text/plain',
    body: { title: 'a title' },
  })
})

test('express-fileupload answers 413 over the limit, and passes a request without files', async (t) => {
  const url = await serve(t, site())
  const large = await upload(url, 'x'.repeat(2000))
  assert.equal(large.status, 413)
  assert.equal(await large.text(), 'File size limit has been reached')
  const empty = await fetch(`${url}/upload`, { method: 'POST' })
  assert.equal(empty.status, 400)
})
