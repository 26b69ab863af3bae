import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createMiddleware, validate } from '@nozomi/schema'
import { z } from 'zod'
import { FRAMEWORKS, MODES, play } from './playing.mjs'

const Item = z.object({ id: z.number() })
const Linked = z.object({ id: z.number(), _links: z.object({ self: z.string() }) })
const content = {
  'text/csv': null,
  'application/hal+json': Linked,
  'application/json': Item,
} as const
const VALUE = { id: 7, _links: { self: '/7', more: 1 }, secret: 1 }

for (const { name, express } of FRAMEWORKS) {
  describe(`answers in several media types, on ${name}`, () => {
    for (const responses of MODES) {
      test(`are held to the type that was set, and to application/json where none was (${responses})`, async (t) => {
        const { ask } = await play(t, express, (app) => {
          app.get('/', validate({ response: { 200: { content } } }, { responses }), (req: any, res: any) => {
            if (req.query.type !== undefined) res.type(req.query.type)
            res.json(VALUE)
          })
        })
        assert.equal((await ask('/')).body, '{"id":7}')
        assert.equal((await ask('/?type=json')).body, '{"id":7}')
        const linked = await ask('/?type=application/hal%2Bjson')
        assert.equal(linked.body, '{"id":7,"_links":{"self":"/7"}}')
        assert.match(linked.fields['content-type'] ?? '', /^application\/hal\+json/)
        assert.equal((await ask('/?type=application/vnd.other%2Bjson')).body, '{"id":7}')
      })

      test(`pass as text where they are no JSON (${responses})`, async (t) => {
        const { ask } = await play(t, express, (app) => {
          const step = validate({ response: { 200: { content } } }, { responses })
          app.get('/', step, (_req: any, res: any) => res.type('csv').send('id\n7\n'))
        })
        const { body, fields } = await ask('/')
        assert.deepEqual([body, fields['content-type']], ['id\n7\n', 'text/csv; charset=utf-8'])
      })

      test(`an error that two steps declare may be what either says (${responses})`, async (t) => {
        const { ask } = await play(t, express, (app) => {
          app.use(
            createMiddleware((_req, _res, next) => next(), {
              response: { 400: z.object({ version: z.string() }) },
            }),
          )
          const step = validate(
            { response: { 200: Item, 400: z.object({ field: z.string() }) } },
            { responses },
          )
          app.get('/', step, (req: any, res: any) => {
            res
              .status(400)
              .json(req.query.version ? { version: 'v9', secret: 1 } : { field: 'id', secret: 1 })
          })
        })
        assert.equal((await ask('/')).body, '{"field":"id"}')
        assert.equal((await ask('/?version=9')).body, '{"version":"v9"}')
      })
    }

    test('are refused where they are not what their type declares', async (t) => {
      const { ask, errors } = await play(t, express, (app) => {
        const step = validate({ response: { 200: { content } } }, { responses: 'validate' })
        app.get('/', step, (_req: any, res: any) => res.type('application/hal+json').json({ id: 7 }))
        const either = validate({ response: { 404: z.object({ b: z.string() }) } }, { responses: 'validate' })
        const before = validate({ response: { 404: z.object({ a: z.string() }) } }, { responses: 'validate' })
        app.get('/neither', before, either, (_req: any, res: any) => res.status(404).json({ c: 'c' }))
      })
      assert.equal((await ask('/')).status, 500)
      assert.match(errors[0].message, /_links/)
      assert.equal((await ask('/neither')).status, 500)
      assert.deepEqual(errors[1].issues[0].path, ['b'])
    })
  })

  describe(`answers that are kept as text, on ${name}`, () => {
    for (const responses of MODES) {
      test(`are sent as they were stored (${responses})`, async (t) => {
        const stored = '{ "id" : 7, "old": true }'
        const { ask } = await play(t, express, (app) => {
          const step = validate({ response: { 200: Item } }, { responses })
          app.get('/text', step, (_req: any, res: any) => res.type('json').send(stored))
          app.get('/bytes', step, (_req: any, res: any) => res.type('json').send(Buffer.from(stored)))
          app.get('/other', step, (_req: any, res: any) => res.status(201).type('json').send(stored))
        })
        for (const path of ['/text', '/bytes', '/other']) {
          const { body, fields } = await ask(path)
          assert.equal(body, stored, path)
          assert.match(fields['content-type'] ?? '', /^application\/json/)
        }
      })
    }
  })
}
