import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import { createMiddleware, openapiDocument, problems, validate } from '@nozomi/schema'
import { z } from 'zod'
import { FRAMEWORKS, MODES, play } from './playing.mjs'

const User = z.object({
  id: z.number(),
  name: z.string().min(2),
  nick: z.string().optional(),
  address: z.object({ city: z.string() }).nullable(),
})
const ADA = { id: 7, name: 'Ada', address: { city: 'London' } }
const ROW = { ...ADA, password: 'x', address: { city: 'London', geo: [1, 2] } }

for (const { name, express } of FRAMEWORKS) {
  describe(`answers, on ${name}`, () => {
    for (const responses of MODES) {
      test(`sends what is declared and nothing else (${responses})`, async (t) => {
        const { ask } = await play(t, express, (app) => {
          app.get('/json', validate({ response: { 200: User } }, { responses }), (_req: any, res: any) =>
            res.json(ROW),
          )
          app.get('/send', validate({ response: { 200: User } }, { responses }), (_req: any, res: any) =>
            res.send(ROW),
          )
          app.get('/jsonp', validate({ response: { 200: User } }, { responses }), (_req: any, res: any) =>
            res.jsonp(ROW),
          )
          app.get(
            '/list',
            validate({ response: { 200: z.array(User) } }, { responses }),
            (_: any, res: any) => res.json([ROW, ROW]),
          )
          app.get('/plain', (_req: any, res: any) => res.json(ADA))
        })
        const plain = await ask('/plain')
        for (const path of ['/json', '/send']) {
          const { date: _, ...fields } = (await ask(path)).fields
          const { date: __, ...expected } = plain.fields
          assert.deepEqual({ fields, body: (await ask(path)).body }, { fields: expected, body: plain.body })
        }
        assert.equal((await ask('/list')).body, JSON.stringify([ADA, ADA]))
        assert.equal((await ask('/jsonp')).body, plain.body)
        assert.ok((await ask('/jsonp?callback=f')).body.endsWith(`f(${plain.body});`))
      })

      test(`sends what the schema makes of a value, where it makes something else of it (${responses})`, async (t) => {
        const Item = z.object({
          at: z.date().transform((date) => date.getTime()),
          name: z.string().trim(),
          count: z.number().default(1),
        })
        const { ask } = await play(t, express, (app) => {
          app.get('/', validate({ response: { 200: Item } }, { responses }), (_req: any, res: any) =>
            res.json({ at: new Date(5), name: ' a ', secret: 1 }),
          )
        })
        assert.equal((await ask('/')).body, '{"at":5,"name":"a","count":1}')
      })

      test(`fails where there is nothing else that could be sent (${responses})`, async (t) => {
        const Item = z.object({ name: z.string().transform((text) => text.length) })
        const { ask, errors } = await play(t, express, (app) => {
          app.get('/', validate({ response: { 200: Item } }, { responses }), (_req: any, res: any) =>
            res.json({ name: 5 }),
          )
        })
        assert.equal((await ask('/')).status, 500)
        assert.equal(errors[0].code, 'NOZOMI_SCHEMA_ANSWER')
      })

      test(`takes Dates, and objects with toJSON, for what they are written as (${responses})`, async (t) => {
        const Item = z.object({ at: z.iso.datetime(), day: z.date(), owner: z.object({ id: z.string() }) })
        const owner = { secret: 1, toJSON: () => ({ id: 'o1', secret: 2 }) }
        const { ask } = await play(t, express, (app) => {
          app.get('/', validate({ response: { 200: Item } }, { responses }), (_req: any, res: any) =>
            res.json({ at: '2026-01-31T12:00:00Z', day: new Date(0), owner }),
          )
          const Text = z.object({ at: z.iso.datetime() })
          app.get('/text', validate({ response: { 200: Text } }, { responses }), (_req: any, res: any) =>
            res.json({ at: new Date(0) }),
          )
        })
        const day = '1970-01-01T00:00:00.000Z'
        assert.equal(
          (await ask('/')).body,
          JSON.stringify({ at: '2026-01-31T12:00:00Z', day, owner: { id: 'o1' } }),
        )
        assert.equal((await ask('/text')).body, JSON.stringify({ at: day }))
      })

      test(`leaves texts, bytes, streams and other types alone (${responses})`, async (t) => {
        const { ask, errors } = await play(t, express, (app) => {
          const step = validate(
            {
              response: {
                200: User,
                202: { contentType: 'text/csv' },
                203: { schema: User, contentType: 'a/b' },
              },
            },
            { responses },
          )
          app.get('/text', step, (_req: any, res: any) => res.send('text'))
          app.get('/end', step, (_req: any, res: any) => res.end('{"end":1}'))
          app.get('/bytes', step, (_req: any, res: any) => res.status(299).send(Buffer.from('bytes')))
          app.get('/stream', step, (_req: any, res: any) => Readable.from(['a', 'b']).pipe(res))
          app.get('/redirect', step, (_req: any, res: any) => res.redirect('/text'))
          app.get('/status', step, (_req: any, res: any) => res.sendStatus(418))
          app.get('/csv', step, (_req: any, res: any) => res.status(202).json({ not: 'checked' }))
          app.get('/other', step, (_req: any, res: any) => res.status(203).json({ not: 'checked' }))
        })
        assert.equal((await ask('/text')).body, 'text')
        assert.equal((await ask('/end')).body, '{"end":1}')
        assert.equal((await ask('/bytes')).body, 'bytes')
        assert.equal((await ask('/stream')).body, 'ab')
        assert.equal((await ask('/redirect')).status, 302)
        assert.equal((await ask('/status')).status, 418)
        assert.equal((await ask('/csv')).body, '{"not":"checked"}')
        assert.equal((await ask('/other')).body, '{"not":"checked"}')
        assert.deepEqual(errors, [])
      })

      test(`answers HEAD and 304 by what a GET sends, and sends no body with 204 (${responses})`, async (t) => {
        const { ask, errors } = await play(t, express, (app) => {
          app.get('/', validate({ response: { 200: User } }, { responses }), (_req: any, res: any) =>
            res.json(ROW),
          )
          app.get('/none', validate({ response: { 204: null } }, { responses }), (_req: any, res: any) =>
            res.status(204).json({ whatever: 1 }),
          )
          app.get('/fresh', validate({ response: { 200: User } }, { responses }), (_req: any, res: any) =>
            res.status(304).json({ whatever: 1 }),
          )
        })
        const { fields } = await ask('/')
        const head = await ask('/', { method: 'HEAD' })
        assert.equal(head.fields['content-length'], String(JSON.stringify(ADA).length))
        assert.equal(head.fields.etag, fields.etag)
        const fresh = await ask('/', { fields: { 'If-None-Match': fields.etag as string } })
        assert.deepEqual([fresh.status, fresh.body], [304, ''])
        assert.deepEqual(await ask('/none').then(({ status, body }) => [status, body]), [204, ''])
        assert.equal((await ask('/fresh')).status, 304)
        assert.deepEqual(errors, [])
      })

      test(`leaves to the settings of the application what is theirs (${responses})`, async (t) => {
        const { ask } = await play(t, express, (app) => {
          app.set('json spaces', 2)
          app.set('json escape', true)
          app.set('json replacer', (key: string, value: unknown) =>
            key === 'id' ? '<id>' : value === undefined ? null : value,
          )
          app.get('/', validate({ response: { 200: User } }, { responses }), (_req: any, res: any) =>
            res.json(ROW),
          )
          app.get('/plain', (_req: any, res: any) => res.json(ADA))
        })
        const { body } = await ask('/')
        assert.equal(body, (await ask('/plain')).body)
        assert.match(body, /\\u003cid\\u003e/)
      })

      test(`sees what others put in the place of res.json and res.send (${responses})`, async (t) => {
        const seen: unknown[] = []
        function replacing(method: 'json' | 'send') {
          return (_req: any, res: any, next: () => void) => {
            const before = res[method]
            res[method] = function replaced(value: unknown) {
              seen.push(typeof value === 'string' ? 'text' : Object.keys(value as object).length)
              return before.call(this, value)
            }
            next()
          }
        }
        const { ask } = await play(t, express, (app) => {
          const step = () => validate({ response: { 200: User } }, { responses })
          const answer = (_req: any, res: any) => {
            assert.equal(res.json(ROW), res)
          }
          app.get('/before', replacing('json'), step(), answer)
          app.get('/after', step(), replacing('json'), answer)
          app.get('/between', step(), replacing('json'), step(), answer)
          app.get('/send', replacing('send'), step(), answer)
        })
        for (const [path, what] of [
          ['/before', 3],
          ['/after', 4],
          ['/between', 4],
          ['/send', 'text'],
        ] as const) {
          seen.length = 0
          assert.equal((await ask(path)).body, JSON.stringify(ADA))
          assert.deepEqual(seen, [what], path)
        }
      })
    }

    test('refuses a value that its schema refuses, and names route, status, path and value', async (t) => {
      const { ask, errors } = await play(t, express, (app, { Router }) => {
        const router = Router()
        router.get('/users/:id', validate({ response: { 200: User } }), (_req: any, res: any) =>
          res.json({ id: '7', name: 'x'.repeat(300), address: { city: 1 }, password: 'x' }),
        )
        app.use('/api', router)
      })
      const { status } = await ask('/api/users/7?token=abc')
      const [error] = errors
      assert.equal(status, 500)
      assert.equal(error.name, 'AnswerError')
      const { code, method, route, answered } = error
      assert.deepEqual(
        { code, status: error.status, method, route, answered },
        { code: 'NOZOMI_SCHEMA_ANSWER', status: 500, method: 'GET', route: '/api/users/:id', answered: 200 },
      )
      assert.deepEqual(
        error.issues.map((issue: any) => [issue.in, issue.path.join('.'), issue.code]),
        [
          ['response', 'id', 'type'],
          ['response', 'address.city', 'type'],
        ],
      )
      assert.match(error.message, /^GET \/api\/users\/:id answers 200, and its contract does not allow/)
      assert.match(error.message, /id: .* \(it is "7"\); address\.city: .* \(it is 1\)/)
    })

    test('shows no secrets and no long values', async (t) => {
      const Login = z.object({ apiToken: z.number(), note: z.number(), row: z.string(), gone: z.string() })
      const { ask, errors } = await play(t, express, (app) => {
        app.get('/', validate({ response: { 200: Login } }), (_req: any, res: any) =>
          res.json({ apiToken: 's3cr3t', note: 'y'.repeat(500), row: { password: 'p4ss', a: 1 } }),
        )
      })
      await ask('/')
      const [{ message }] = errors
      assert.doesNotMatch(message, /s3cr3t|p4ss|y{50}/)
      assert.match(message, /apiToken: .*hidden, a string/)
      assert.match(message, /cut from 500 characters/)
      assert.match(message, /an object { password, a }/)
      assert.match(message, /and 1 more/)
    })

    test('refuses a status that is not declared, and takes ranges and default', async (t) => {
      const Other = z.object({ other: z.number() })
      const { ask, errors } = await play(t, express, (app) => {
        const answer = (req: any, res: any) =>
          res.status(Number(req.params.status)).json({ other: 1, more: 2 })
        app.get('/exact/:status', validate({ response: { 200: User } }), answer)
        app.get('/range/:status', validate({ response: { 200: User, '4XX': Other } }), answer)
        app.get('/default/:status', validate({ response: { 200: User, default: Other } }), answer)
      })
      await ask('/exact/201')
      assert.match(errors.pop().message, /GET \/exact\/:status answers 201, .* declares only 200/)
      await ask('/exact/404')
      assert.equal(errors.pop().answered, 404)
      assert.equal((await ask('/range/404')).body, '{"other":1}')
      await ask('/range/503')
      assert.equal(errors.pop().answered, 503)
      assert.equal((await ask('/default/503')).body, '{"other":1}')
      await ask('/default/200')
      assert.equal(errors.pop().issues.length > 0, true)
    })

    test('holds a handler to the errors that it declares, with parsed parameters too', async (t) => {
      const Missing = z.object({ missing: z.number() })
      const { ask, errors } = await play(t, express, (app) => {
        const contract = { params: z.object({ id: z.number() }), response: { 200: User, 404: Missing } }
        app.get('/:id', validate(contract), (req: any, res: any) =>
          res.status(404).json(req.params.id === 1 ? { missing: 1, more: 2 } : { wrong: 1 }),
        )
      })
      assert.equal((await ask('/1')).body, '{"missing":1}')
      await ask('/2')
      assert.equal(errors[0].answered, 404)
    })

    for (const responses of MODES) {
      test(`leaves alone what error handlers answer (${responses})`, async (t) => {
        const contract = { response: { 200: User, 500: z.object({ only: z.string() }) } }
        const { ask, errors } = await play(t, express, (app) => {
          app.get('/own', validate(contract, { responses }), () => {
            throw new Error('broken')
          })
          app.get('/later', validate(contract, { responses }), async (req: any) => {
            req.params = { ...req.params }
            throw new Error('broken')
          })
          app.get('/passed', validate(contract, { responses }), (_req: any, _res: any, next: any) =>
            next(Object.assign(new Error('teapot'), { status: 418 })),
          )
        })
        const { status, body } = await ask('/own')
        assert.deepEqual([status, body], [500, '{"error":"broken","private":true}'])
        assert.equal((await ask('/later')).body, '{"error":"broken","private":true}')
        assert.deepEqual((await ask('/passed')).status, 418)
        assert.equal(errors.length, 3)
      })

      test(`leaves alone problem documents that are not declared (${responses})`, async (t) => {
        const { ask } = await play(t, express, (app) => {
          const contract = { response: { 200: User, 404: z.object({ only: z.string() }) } }
          app.get('/own', validate(contract, { responses }), (_req: any, res: any) =>
            res.status(409).type('application/problem+json').json({ title: 'Conflict', status: 409 }),
          )
          app.get('/declared', validate(contract, { responses }), (_req: any, res: any) =>
            res.status(404).type('application/problem+json').json({ title: 'Gone', status: 404 }),
          )
          app.get('/thrown', validate(contract, { responses }), () => {
            throw Object.assign(new Error('no'), { status: 403 })
          })
          app.use(problems({ onError: () => {} }))
        })
        assert.deepEqual(JSON.parse((await ask('/own')).body), { title: 'Conflict', status: 409 })
        assert.deepEqual(JSON.parse((await ask('/declared')).body), { title: 'Gone', status: 404 })
        const thrown = await ask('/thrown')
        assert.equal(thrown.status, 403)
        assert.match(String(thrown.fields['content-type']), /^application\/problem\+json/)
      })
    }

    test('holds a problem document to a schema that is declared as one', async (t) => {
      const Problem = z.object({ title: z.string(), status: z.number() })
      const { ask, errors } = await play(t, express, (app) => {
        const response = { 200: User, 404: { schema: Problem, contentType: 'application/problem+json' } }
        app.get('/:title', validate({ response }), (req: any, res: any) =>
          res
            .status(404)
            .type('application/problem+json')
            .json({ title: req.params.title === 'no' ? null : 'x', status: 404, more: 1 }),
        )
      })
      assert.equal((await ask('/yes')).body, '{"title":"x","status":404}')
      await ask('/no')
      assert.equal(errors[0].answered, 404)
    })

    test('lets who catches the error answer as he likes', async (t) => {
      const { ask } = await play(t, express, (app) => {
        app.get('/', validate({ response: { 200: User } }), (_req: any, res: any) => {
          try {
            res.json({})
          } catch (error) {
            res.status(500).json({ code: (error as { code: string }).code })
          }
        })
      })
      assert.equal((await ask('/')).body, '{"code":"NOZOMI_SCHEMA_ANSWER"}')
    })

    test('sends no body where none is declared, and refuses one in development', async (t) => {
      const { ask, errors } = await play(t, express, (app) => {
        for (const responses of MODES) {
          app.get(`/${responses}`, validate({ response: { 202: null } }, { responses }), (_: any, res: any) =>
            res.status(202).json({ secret: 1 }),
          )
        }
      })
      assert.deepEqual(await ask('/serialize').then(({ status, body }) => [status, body]), [202, ''])
      assert.equal((await ask('/validate')).status, 500)
      assert.match(errors[0].message, /no body is declared/)
    })

    test('says that a schema is asynchronous, which res.json is not', async (t) => {
      const Slow = z.object({ id: z.number().refine(async () => true) })
      const { ask, errors } = await play(t, express, (app) => {
        for (const responses of MODES) {
          app.get(`/${responses}`, validate({ response: { 200: Slow } }, { responses }), (_: any, res: any) =>
            res.json({ id: 1, more: 2 }),
          )
        }
      })
      assert.equal((await ask('/validate')).status, 500)
      assert.match(errors[0].message, /must be synchronous/)
      assert.equal((await ask('/serialize')).body, '{"id":1}')
    })

    test('joins the contracts of a chain, and the later one wins', async (t) => {
      const One = z.object({ one: z.number() })
      const Two = z.object({ two: z.number() })
      const both = { one: 1, two: 2 }
      const { ask, errors } = await play(t, express, (app, { Router }) => {
        const router = Router()
        router.use(validate({ response: { 401: One, 200: One } }))
        router.get(
          '/:status',
          validate({ response: { 201: One, 202: One } }),
          validate({ response: { 200: Two, 202: Two } }),
          (req: any, res: any) => res.status(Number(req.params.status)).json(both),
        )
        router.get('/below/:status', (req: any, res: any) => res.status(Number(req.params.status)).json(both))
        app.use(router)
      })
      const asked = async (path: string) => (await ask(path)).body
      assert.equal(await asked('/401'), '{"one":1}')
      assert.equal(await asked('/200'), '{"two":2}')
      assert.equal(await asked('/201'), '{"one":1}')
      assert.equal(await asked('/202'), '{"two":2}')
      assert.equal(await asked('/below/200'), '{"one":1}')
      // Middleware does not know what all routes below it answer.
      assert.equal(await asked('/below/203'), JSON.stringify(both))
      assert.equal(errors.length, 0)
      await ask('/203')
      assert.match(errors[0].message, /declares only 200, 201, 202, 401/)
    })

    test('holds nobody to the contract of a route that the request has left', async (t) => {
      const { ask, errors } = await play(t, express, (app) => {
        const pass = (_req: any, _res: any, next: () => void) => next()
        app.all('/*rest', validate({ response: { 200: User } }), pass)
        app.use(validate({ response: { 201: z.object({ of: z.string() }) } }))
        app.get('/free', (_req: any, res: any) => res.json({ free: 1 }))
        app.get(
          '/held',
          validate({ response: { 200: z.object({ held: z.number() }) } }),
          (_req: any, res: any) => res.json({ held: 1, free: 1 }),
        )
        app.get('/common', (_req: any, res: any) => res.status(201).json({ of: 'middleware', free: 1 }))
      })
      assert.equal((await ask('/free')).body, '{"free":1}')
      assert.equal((await ask('/held')).body, '{"held":1}')
      assert.equal((await ask('/common')).body, '{"of":"middleware"}')
      assert.deepEqual(errors, [])
    })

    test('holds a handler to the contract that puts other parameters in their place', async (t) => {
      const { ask } = await play(t, express, (app) => {
        app.get('/', validate({ response: { 200: User } }), (req: any, res: any) => {
          req.params = {}
          res.json(ROW)
        })
      })
      assert.equal((await ask('/')).body, JSON.stringify(ADA))
    })

    test('holds the routes of its path that come after it, as the document says', async (t) => {
      const step = (contract: object) => validate({ response: contract } as any, { responses: 'validate' })
      let document: any
      const { ask, errors } = await play(t, express, (app, framework) => {
        const send = (status: number) => (_req: any, res: any) => res.status(status).json(ROW)
        app.all('/of/:id', step({ 200: User, 404: z.object({ why: z.string() }) }))
        app.get('/of/:name', send(200))
        app.put('/of/:name', step({ 201: User }), (req: any, res: any) =>
          req.query.more ? res.json(ROW) : send(201)(req, res),
        )
        app.post('/of/:name', send(202))
        app.delete('/of/:name', (_req: any, _res: any, next: any) => next(new Error('gone')))
        const router = framework.Router()
        router.get('/of/:id', send(200))
        app.use('/below', router)
        document = openapiDocument(app, { info: { title: 'T', version: '1' } })
      })
      assert.equal((await ask('/of/1')).body, JSON.stringify(ADA))
      assert.equal((await ask('/of/1', { method: 'PUT' })).body, JSON.stringify(ADA))
      assert.equal((await ask('/of/1?more=1', { method: 'PUT' })).body, JSON.stringify(ADA))
      // As middleware, it knows not of all that others answer.
      assert.equal((await ask('/of/1', { method: 'POST' })).body, JSON.stringify(ROW))
      assert.equal((await ask('/below/of/1')).body, JSON.stringify(ROW))
      assert.deepEqual(errors, [])
      assert.match((await ask('/of/1', { method: 'DELETE' })).body, /gone/)
      const { get, put } = document.paths['/of/{name}']
      assert.deepEqual(Object.keys(get.responses), ['200', '404'])
      assert.deepEqual(Object.keys(put.responses), ['200', '201', '404'])
    })

    test('holds nobody in another route, whatever he answers', async (t) => {
      const { ask, errors } = await play(t, express, (app) => {
        app.all('/*rest', validate({ response: { 200: User } }), (_req: any, _res: any, next: any) => next())
        app.get('/free', (_req: any, res: any) => res.json({ free: 1 }))
      })
      assert.equal((await ask('/free')).body, '{"free":1}')
      assert.deepEqual(errors, [])
    })

    test('refuses no success where only errors are declared', async (t) => {
      const { ask } = await play(t, express, (app) => {
        const requireUser = createMiddleware(
          (req, res, next) => (req.query['no'] ? res.status(401).json({ why: 'no', more: 1 }) : next()),
          { response: { 401: z.object({ why: z.string() }) } },
        )
        app.get('/', requireUser, (_req: any, res: any) => res.json({ free: 1 }))
      })
      assert.equal((await ask('/')).body, '{"free":1}')
      assert.equal((await ask('/?no=1')).body, '{"why":"no"}')
    })

    test('does nothing when it is off, and takes NODE_ENV where no option says anything', async (t) => {
      const before = process.env['NODE_ENV']
      t.after(() => {
        if (before === undefined) delete process.env['NODE_ENV']
        else process.env['NODE_ENV'] = before
      })
      const { ask } = await play(t, express, (app) => {
        const wrong = (_req: any, res: any) => res.json({ name: 'A', secret: 1 })
        process.env['NODE_ENV'] = 'production'
        app.get('/production', validate({ response: { 200: User } }), wrong)
        app.get('/off', validate({ response: { 200: User } }, { responses: 'off' }), wrong)
        process.env['NODE_ENV'] = 'test'
        app.get('/elsewhere', validate({ response: { 200: User } }), wrong)
      })
      assert.equal((await ask('/production')).body, '{"name":"A"}')
      assert.equal((await ask('/off')).body, '{"name":"A","secret":1}')
      assert.equal((await ask('/elsewhere')).status, 500)
    })
  })
}
