import assert from 'node:assert/strict'
import test from 'node:test'
import multer from 'multer'
import { z } from 'zod'
import { problems, validate } from '#dist/index.js'
import { applicationOf, asking, echo, lines } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'

const Named = z.object({ name: z.string() })

/** A form with texts and files, as a browser sends it. */
function formOf(
  texts: Record<string, string>,
  files: readonly [field: string, type: string, content: string][],
): FormData {
  const form = new FormData()
  for (const [name, text] of Object.entries(texts)) form.append(name, text)
  for (const [field, type, content] of files)
    form.append(field, new Blob([content], { type }), `${field}.bin`)
  return form
}

const upload = multer()

for (const { name, express } of FRAMEWORKS) {
  test(`${name}: a body of a type that nobody asked for is 415, and the answer says what is accepted`, async (t) => {
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.post('/', validate({ body: Named }), echo)),
    )
    const answer = await ask('/', { body: '<name/>', headers: { 'content-type': 'application/xml' } })
    assert.equal(answer.status, 415)
    assert.equal(answer.type, 'application/problem+json; charset=utf-8')
    assert.equal(answer.headers.get('accept'), 'application/json')
    assert.deepEqual(lines(answer), ['headers.content-type not_allowed'])
  })

  test(`${name}: a body of the right type that nothing has parsed tells the developer which parser is missing`, async (t) => {
    const app = express()
    app.set('env', 'test')
    app.post('/', validate({ body: Named }), echo)
    app.post('/form', validate({ body: { 'application/x-www-form-urlencoded': Named } }), echo)
    app.use(problems())
    const ask = await asking(t, app)
    const answer = await ask('/', { json: { name: 'a' } })
    assert.equal(answer.status, 500)
    assert.match(answer.body.detail, /express\.json\(\)/)
    assert.match((await ask('/form', { form: 'name=a' })).body.detail, /express\.urlencoded\(\)/)
  })

  test(`${name}: no client makes an error of the server by the type of its body`, async (t) => {
    const form = { 'application/x-www-form-urlencoded': Named }
    const ask = await asking(
      t,
      applicationOf(express, (it) => {
        it.post('/json', validate({ body: Named }), echo)
        it.post('/texts', express.text(), validate({ body: { 'text/*': z.string() } }), echo)
        it.post('/form', validate({ body: form }), echo)
        it.post(
          '/upload',
          upload.single('avatar'),
          validate({ files: { avatar: { required: false } }, body: Named }),
          echo,
        )
      }),
    )
    for (const [path, type, accept] of [
      ['/json', 'application/merge-patch+json', 'application/json'],
      ['/json', 'text/evil+json', 'application/json'],
      ['/json', 'text/json', 'application/json'],
      ['/json', 'application/json, text/json', 'application/json'],
      ['/texts', 'text/csv', 'text/*'],
      ['/form', 'application/json+form', 'application/x-www-form-urlencoded'],
      ['/upload', 'text/plain', 'multipart/form-data'],
      ['/upload', 'application/merge-patch+json', 'multipart/form-data'],
      ['/upload', 'multipart/form-data; boundary', 'multipart/form-data'],
      ['/upload', 'multipart/form-data; boundary="x', 'multipart/form-data'],
      ['/upload', 'multipart/mixed; boundary=x', null],
    ] as const) {
      const answer = await ask(path, { body: '{"name":"a"}', headers: { 'content-type': type } })
      assert.equal(answer.status, 415, type)
      assert.equal(answer.headers.get('accept'), accept)
      assert.deepEqual(lines(answer), ['headers.content-type not_allowed'])
    }
    assert.equal((await ask('/upload', { json: { name: 'a' } })).status, 200)
  })

  test(`${name}: JSON to an upload that has no parser for it is 415`, async (t) => {
    const app = express()
    app.set('env', 'test')
    const contract = validate({ files: { avatar: { required: false } }, body: Named })
    app.post('/', upload.single('avatar'), contract, echo)
    app.post('/bare', contract, echo)
    app.use(problems())
    const ask = await asking(t, app)
    const answer = await ask('/', { json: { name: 'a' } })
    assert.equal(answer.status, 415)
    assert.equal(answer.headers.get('accept'), 'multipart/form-data')
    // Here it is the developer who is told.
    const missing = await ask('/bare', { body: formOf({ name: 'a' }, []) })
    assert.equal(missing.status, 500)
    assert.match(missing.body.detail, /multer\(\)/)
  })

  test(`${name}: the developer is told of a parser that is missing for a type that the contract names, or of all parsers`, async (t) => {
    const app = express()
    app.set('env', 'test')
    app.post('/texts', validate({ body: { 'text/*': z.string() } }), echo)
    app.post('/patch', express.json(), validate({ body: { 'application/merge-patch+json': Named } }), echo)
    app.post('/forms', express.urlencoded(), validate({ body: Named }), echo)
    app.use(problems())
    const ask = await asking(t, app)
    for (const [path, type, parser] of [
      ['/texts', 'text/csv', 'express.text({ type: "text/csv" })'],
      ['/patch', 'application/merge-patch+json', 'express.json({ type: "application/merge-patch+json" })'],
      ['/forms', 'application/json; charset=utf-8', 'express.json()'],
    ] as const) {
      const answer = await ask(path, { body: '{"name":"a"}', headers: { 'content-type': type } })
      assert.equal(answer.status, 500)
      assert.ok(answer.body.detail.includes(`put ${parser} before validate()`), answer.body.detail)
    }
  })

  test(`${name}: a body may be absent where its schema says so`, async (t) => {
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.post('/', validate({ body: Named.optional() }), echo)),
    )
    assert.equal((await ask('/', { method: 'POST' })).status, 200)
    assert.deepEqual(lines(await ask('/', { json: {} })), ['body.name required'])
  })

  test(`${name}: each media type has its own schema, and a form is coerced by its own`, async (t) => {
    const contract = validate({
      body: {
        'application/json': z.object({ n: z.number() }),
        'application/x-www-form-urlencoded': z.object({ n: z.array(z.number()) }),
        'text/*': z.string().max(3),
      },
    })
    const ask = await asking(
      t,
      applicationOf(express, (it) => {
        it.use(express.text({ type: 'text/*' }))
        it.post('/', contract, echo)
      }),
    )
    assert.deepEqual((await ask('/', { json: { n: 1 } })).body.body, { n: 1 })
    assert.deepEqual((await ask('/', { form: 'n=1' })).body.body, { n: [1] })
    assert.deepEqual(
      (await ask('/', { body: 'abc', headers: { 'content-type': 'Text/CSV; charset=utf-8' } })).body.body,
      'abc',
    )
    assert.deepEqual(lines(await ask('/', { body: 'abcd', headers: { 'content-type': 'text/csv' } })), [
      'body too_big',
    ])
    const refused = await ask('/', { body: 'x', headers: { 'content-type': 'image/png' } })
    assert.equal(refused.status, 415)
    assert.equal(refused.headers.get('accept'), 'application/json, application/x-www-form-urlencoded, text/*')
  })

  test(`${name}: whether texts become numbers is up to the type of the body, whatever middleware has added`, async (t) => {
    const item = z.object({ n: z.number() })
    const body = z.object({
      id: z.number(),
      added: z.number(),
      item: item.optional(),
      list: z.array(item).optional(),
      flag: z.boolean().optional(),
    })
    const app = applicationOf(express, (it) => {
      it.post(
        '/',
        (req: any, _res: unknown, next: () => void) => {
          req.body.added = 7
          next()
        },
        validate({ body }),
        echo,
      )
    })
    const ask = await asking(t, app)
    for (const [form, json] of [
      ['id=1', { id: 1 }],
      ['id=1&flag=on', { id: 1, flag: true }],
      ['id=1&item[n]=2', { id: 1, item: { n: 2 } }],
      ['id=1&list[0][n]=3', { id: 1, list: [{ n: 3 }] }],
    ] as const) {
      assert.deepEqual((await ask('/', { form })).body.body, { ...json, added: 7 }, form)
      assert.deepEqual((await ask('/', { json })).body.body, { ...json, added: 7 }, form)
    }
    for (const [json, found] of [
      [{ id: '1' }, 'body.id'],
      [{ id: 1, flag: 'on' }, 'body.flag'],
      [{ id: 1, item: { n: '2' } }, 'body.item.n'],
      [{ id: 1, list: [{ n: '3' }] }, 'body.list.0.n'],
    ] as const) {
      assert.deepEqual(lines(await ask('/', { json })), [`${found} type`])
    }
  })

  test(`${name}: a body that was parsed, but whose type the contract does not have, is 415`, async (t) => {
    const contract = validate({ body: { 'application/json': Named } })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.post('/', contract, echo)),
    )
    assert.equal((await ask('/', { form: 'name=a' })).status, 415)
  })

  const files = {
    avatar: { types: ['image/*'], maxBytes: 5 },
    photos: { required: false, maxCount: 2 },
  } as const
  const uploads = validate({ body: z.object({ age: z.number() }), files })
  const fileEcho = ({ body, valid }: any, res: any) =>
    res.json({
      body,
      files: JSON.parse(JSON.stringify(valid.files, (key, it) => (key === 'buffer' ? undefined : it))),
    })

  for (const [way, middleware] of [
    ['a record', upload.fields([{ name: 'avatar', maxCount: 3 }, { name: 'photos' }, { name: 'other' }])],
    ['a list', upload.any()],
  ] as const) {
    const serve = (t: any) =>
      asking(
        t,
        applicationOf(express, (it) => it.post('/', middleware, uploads, fileEcho)),
      )

    test(`${name}: files that multer left as ${way} are found by their fields`, async (t) => {
      const ask = await serve(t)
      const { body } = await ask('/', {
        body: formOf({ age: '7' }, [
          ['avatar', 'image/png', 'abc'],
          ['photos', 'image/png', 'p1'],
          ['photos', 'text/plain', 'p2'],
        ]),
      })
      assert.deepEqual(body.body, { age: 7 })
      assert.equal(body.files.avatar.size, 3)
      assert.deepEqual(
        body.files.photos.map((photo: any) => photo.mimetype),
        ['image/png', 'text/plain'],
      )
    })

    test(`${name}: files that are missing, too many, too large, of a wrong type or not asked for are told (${way})`, async (t) => {
      const ask = await serve(t)
      assert.deepEqual(lines(await ask('/', { body: formOf({ age: 'x' }, []) })), [
        'body.age type',
        'files.avatar required',
      ])
      const wrong = formOf({ age: '7' }, [
        ['avatar', 'text/html', '123456'],
        ['avatar', 'image/png', '1'],
        ['photos', 'image/png', ''],
        ['photos', 'image/png', ''],
        ['photos', 'image/png', ''],
        ['other', 'image/png', ''],
      ])
      assert.deepEqual(lines(await ask('/', { body: wrong })), [
        'files.avatar too_big',
        'files.avatar too_big',
        'files.avatar not_allowed',
        'files.photos too_big',
        'files.other unknown_key',
      ])
    })
  }

  test(`${name}: the one file of upload.single() is found`, async (t) => {
    const contract = validate({ files: { avatar: {} } })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.post('/', upload.single('avatar'), contract, fileEcho)),
    )
    assert.equal(
      (await ask('/', { body: formOf({}, [['avatar', 'image/png', 'abc']]) })).body.files.avatar.size,
      3,
    )
    assert.deepEqual(lines(await ask('/', { body: formOf({}, []) })), ['files.avatar required'])
    assert.equal((await ask('/', { body: '{}', headers: { 'content-type': 'text/plain' } })).status, 415)
  })
}
