import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import cookieParser from 'cookie-parser'
import express from 'express'
import request from 'supertest'
import { fixture } from './support/fixtures.cjs'

function site() {
  const app = express()
  app.set('env', 'test')
  app.use(cookieParser())
  app.use(express.json())
  app.get('/user', (_req, res) => void res.status(200).json({ name: 'john' }))
  app.post('/users', (req, res) => void res.status(201).send(req.body))
  app.get('/login', (_req, res) => void res.cookie('cookie', 'hey').send())
  app.get('/return', (req, res) => void res.send(req.cookies.cookie ?? ':('))
  app.post(
    '/upload',
    express.raw({ type: () => true }),
    (req, res) => void res.json({ size: req.body.length }),
  )
  return app
}

test('supertest takes the application as it is, and a server around it', async () => {
  for (const subject of [site(), createServer(site())]) {
    const response = await request(subject)
      .get('/user')
      .set('Accept', 'application/json')
      .expect('Content-Type', /json/)
      .expect('Content-Length', '15')
      .expect(200)
    assert.deepEqual(response.body, { name: 'john' })
  }
})

test("supertest's callback style, posts, uploads and cookies of an agent work", async () => {
  await new Promise<void>((done, fail) => {
    request(site())
      .post('/users')
      .send({ name: 'tobi' })
      .expect(201, { name: 'tobi' })
      .end((error) => (error ? fail(error) : done()))
  })
  await request(site()).post('/upload').attach('file', fixture('public', 'notes.txt')).expect(200)
  const agent = request.agent(site())
  await agent.get('/login').expect('set-cookie', 'cookie=hey; Path=/')
  await agent.get('/return').expect('hey')
})

test('supertest reports a wrong expectation, and the 404 and 500 of the application', async () => {
  await assert.rejects(
    request(site()).get('/user').expect(500),
    /expected 500 "Internal Server Error", got 200 "OK"/,
  )
  await request(site())
    .get('/absent')
    .expect(404, /Cannot GET \/absent/)
  await request(site())
    .post('/users')
    .type('json')
    .send('{"a')
    .expect(400, /SyntaxError/)
})
