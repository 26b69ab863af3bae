import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { deprecation, problems, version, VersionError, type VersionOptions, versions } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'
import { ask } from './ask.mjs'

const DEPRECATED = new Date('2026-01-01T00:00:00Z')
const SUNSET = new Date('2027-01-01T00:00:00Z')
const at = (text: string) => new Date(text).getTime()

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const routes = () => {
    const router = express.Router()
    router.get('/users', (_req, res) => {
      res.json('users')
    })
    router.get('/failing', () => {
      throw new Error('it failed')
    })
    router.get('/linked', (_req, res) => {
      res.links({ next: '/page/2' }).json('linked')
    })
    return router
  }
  const start = (t: TestContext, options: VersionOptions) => {
    const app = express()
    app.set('env', 'test')
    app.use((_req, res, next) => {
      res.set('Link', '</style.css>; rel="preload"')
      next()
    })
    app.use('/api', version('v1', routes(), options))
    app.use((error: any, _req: any, res: any, _next: any) => {
      const { status, code, message, expose } = error
      res.status(status ?? 500).json({ code, message, expose, isOurs: error instanceof VersionError })
    })
    return serving(t, app)
  }
  const fieldsOf = ({ headers }: { headers: Headers }) =>
    ['deprecation', 'sunset', 'link'].map((name) => headers.get(name))
  const linkBefore = '</style.css>; rel="preload"'

  describe(`${framework}: a version that goes`, () => {
    it('says since when, until when, and where to read about it', async (t) => {
      const link = 'https://example.com/deprecation'
      const origin = await start(t, { deprecated: DEPRECATED, sunset: SUNSET, link })
      assert.deepEqual(fieldsOf(await ask(origin, '/api/v1/users')), [
        '@1767225600',
        'Fri, 01 Jan 2027 00:00:00 GMT',
        `${linkBefore}, <${link}>; rel="deprecation", <${link}>; rel="sunset"`,
      ])
    })

    it('has each field by itself', async (t) => {
      const link = 'https://example.com/'
      assert.deepEqual(
        fieldsOf(await ask(await start(t, { deprecated: DEPRECATED, link }), '/api/v1/users')),
        ['@1767225600', null, `${linkBefore}, <${link}>; rel="deprecation"`],
      )
      assert.deepEqual(fieldsOf(await ask(await start(t, { sunset: SUNSET, link }), '/api/v1/users')), [
        null,
        'Fri, 01 Jan 2027 00:00:00 GMT',
        `${linkBefore}, <${link}>; rel="sunset"`,
      ])
      const links = { deprecation: '/why', sunset: '/when', successor: '/api/v2' }
      const { headers } = await ask(await start(t, { link: links }), '/api/v1/users')
      assert.equal(
        headers.get('link'),
        `${linkBefore}, </why>; rel="deprecation", </when>; rel="sunset", </api/v2>; rel="successor-version"`,
      )
    })

    it('links to the same address in its successor', async (t) => {
      const origin = await start(t, { successor: 'v2' })
      const { headers } = await ask(origin, '/api/v1/users?sort=price&limit=1')
      assert.equal(
        headers.get('link'),
        `${linkBefore}, </api/v2/users?sort=price&limit=1>; rel="successor-version"`,
      )
      const options = { link: { successor: (req: any) => `https://other.example${req.originalUrl}` } }
      const other = await ask(await start(t, options), '/api/v1/users')
      assert.match(
        other.headers.get('link') ?? '',
        /<https:\/\/other\.example\/api\/v1\/users>; rel="successor/,
      )
    })

    it('can not be made to link elsewhere', async (t) => {
      const origin = await start(t, { successor: 'v2' })
      for (const path of ['/api/v1/users?x=%3E;rel=evil,%3C/y%3E&a=>;<"', '/api/v1//evil.example/users']) {
        const link = (await ask(origin, path)).headers.get('link') ?? linkBefore
        const [, ...added] = link.split(', ')
        assert.equal(added.join('').match(/[<>]/g)?.length ?? 0, added.length * 2, link)
        assert.doesNotMatch(link, /<\/\//)
      }
      const app = express()
      app.use(/^\/+evil\.example/, version('v1', routes(), { successor: 'v2' }))
      const { headers } = await ask(await serving(t, app), '//evil.example/v1/users')
      assert.equal(headers.get('link'), '</evil.example/v2/users>; rel="successor-version"')
    })

    it('keeps links that its routes add', async (t) => {
      const origin = await start(t, { deprecated: DEPRECATED, link: '/why' })
      const link = (await ask(origin, '/api/v1/linked')).headers.get('link') ?? ''
      for (const part of [linkBefore, '</why>; rel="deprecation"', '</page/2>; rel="next"']) {
        assert.ok(link.includes(part), link)
      }
    })

    it('says so with errors, and no longer when its routes give the request back', async (t) => {
      const origin = await start(t, { deprecated: DEPRECATED, sunset: SUNSET, link: '/why' })
      const failed = await ask(origin, '/api/v1/failing')
      assert.deepEqual([failed.status, failed.headers.get('deprecation')], [500, '@1767225600'])
      const missing = await ask(origin, '/api/v1/nothing')
      assert.deepEqual([missing.status, fieldsOf(missing)], [404, [null, null, linkBefore]])
    })

    it('goes on to serve after its sunset, by default', async (t) => {
      const origin = await start(t, { sunset: SUNSET, now: () => at('2027-06-01') })
      assert.equal((await ask(origin, '/api/v1/users')).status, 200)
    })

    it('is gone after its sunset, by option', async (t) => {
      let now = SUNSET.getTime() - 1
      const options = { deprecated: DEPRECATED, sunset: SUNSET, link: '/why', afterSunset: 'gone' } as const
      const origin = await start(t, { ...options, now: () => now })
      assert.equal((await ask(origin, '/api/v1/users')).status, 200)
      now = SUNSET.getTime()
      const answer = await ask(origin, '/api/v1/users?x=1')
      assert.deepEqual(answer.json, {
        type: 'about:blank',
        title: 'Gone',
        status: 410,
        detail: 'version v1 is gone since 2027-01-01T00:00:00.000Z',
        code: 'NOZOMI_SCHEMA_VERSION_GONE',
        version: 'v1',
        sunset: '2027-01-01T00:00:00.000Z',
        instance: '/api/v1/users?x=1',
      })
      assert.deepEqual(fieldsOf(answer).slice(0, 2), ['@1767225600', 'Fri, 01 Jan 2027 00:00:00 GMT'])
      assert.match(answer.headers.get('link') ?? '', /<\/why>; rel="deprecation"/)
    })

    it('gives refusals to the error handlers, by option', async (t) => {
      const options = { sunset: SUNSET, afterSunset: 'gone', refusals: 'next' } as const
      const { status, json } = await ask(
        await start(t, { ...options, now: () => at('2028-01-01') }),
        '/api/v1/x',
      )
      assert.equal(status, 410)
      const message = 'version v1 is gone since 2027-01-01T00:00:00.000Z'
      assert.deepEqual(json, { code: 'NOZOMI_SCHEMA_VERSION_GONE', message, expose: true, isOurs: true })
    })
  })

  describe(`${framework}: a refusal`, () => {
    const refusing = (t: TestContext, refusals: 'answer' | 'next') => {
      const app = express()
      app.set('env', 'test')
      const now = () => at('2028-01-01')
      const gone = { sunset: SUNSET, afterSunset: 'gone' } as const
      const out = { brownouts: [{ from: new Date('2027-12-31'), until: new Date('2028-01-02') }] }
      const all = [version('v1', routes(), gone), version('v2', routes(), out)]
      for (const by of ['path', 'header', 'media-type'] as const) {
        app.use(`/${by}`, versions(all, { by, refusals, now }))
      }
      app.use(problems({ instance: (req) => req.originalUrl }))
      return serving(t, app)
    }
    const REFUSED: readonly (readonly [string, Record<string, string>, number])[] = [
      ['/path/v1/users', {}, 410],
      ['/path/v2/users', {}, 410],
      ['/path/v3/users', {}, 404],
      ['/header/users', {}, 400],
      ['/header/users', { 'API-Version': '3' }, 400],
      ['/media-type/users', { Accept: 'application/json; version=3' }, 406],
    ]

    it('is answered as problems() answers the same', async (t) => {
      const own = await refusing(t, 'answer')
      const passed = await refusing(t, 'next')
      for (const method of ['GET', 'HEAD', 'POST']) {
        for (const [path, sent, status] of REFUSED) {
          const [one, other] = [await ask(own, path, sent, method), await ask(passed, path, sent, method)]
          assert.equal(one.status, status)
          assert.equal(one.headers.get('content-type'), 'application/problem+json; charset=utf-8')
          const [fields, others] = [one, other].map(({ headers }) =>
            [...headers].filter(([name]) => name !== 'date'),
          )
          assert.deepEqual(fields, others, `${method} ${path}`)
          assert.deepEqual([one.status, one.json], [other.status, other.json], `${method} ${path}`)
        }
      }
    })
  })

  describe(`${framework}: a brownout`, () => {
    const from = new Date('2026-11-01T10:00:00Z')
    const until = new Date('2026-11-01T10:15:00Z')
    const statusAt = async (options: VersionOptions, times: readonly string[]) => {
      const seen: number[] = []
      for (const time of times) {
        const app = express()
        app.use(version('v1', routes(), { ...options, now: () => at(time) }))
        const server = app.listen(0)
        try {
          const { port } = server.address() as { port: number }
          seen.push((await ask(`http://127.0.0.1:${port}`, '/v1/users')).status)
        } finally {
          server.closeAllConnections()
          server.close()
        }
      }
      return seen
    }

    it('refuses from its beginning to its end, with when to come again', async (t) => {
      let now = from.getTime()
      const origin = await start(t, { brownouts: [{ from, until }], now: () => now })
      const { status, headers, json } = await ask(origin, '/api/v1/users')
      assert.equal(status, 410)
      assert.deepEqual([headers.get('retry-after'), headers.get('cache-control')], ['900', 'no-store'])
      assert.deepEqual(
        [json.code, json.version, json.until],
        ['NOZOMI_SCHEMA_VERSION_BROWNOUT', 'v1', '2026-11-01T10:15:00.000Z'],
      )
      now = until.getTime() - 1
      assert.equal((await ask(origin, '/api/v1/users')).headers.get('retry-after'), '1')
      now = until.getTime()
      assert.equal((await ask(origin, '/api/v1/users')).status, 200)
    })

    it('can be 503', async () => {
      const options = { brownouts: [{ from, until }], brownoutStatus: 503 } as const
      assert.deepEqual(await statusAt(options, ['2026-11-01T10:05:00Z']), [503])
    })

    it('comes again after some days, so many times', async () => {
      const brownouts = [{ from, until, everyDays: 7, times: 2 }]
      const times = [
        '2026-10-25T10:05:00Z',
        '2026-11-01T10:05:00Z',
        '2026-11-02T10:05:00Z',
        '2026-11-08T09:59:59Z',
        '2026-11-08T10:14:59Z',
        '2026-11-08T10:15:00Z',
        '2026-11-15T10:05:00Z',
      ]
      assert.deepEqual(await statusAt({ brownouts }, times), [200, 410, 200, 200, 410, 200, 200])
    })

    it('ends with the last of those that overlap', async (t) => {
      const later = { from, until: new Date('2026-11-01T11:00:00Z') }
      const brownouts = [{ from, until }, later, { from, until }]
      const origin = await start(t, { brownouts, now: () => from.getTime() })
      assert.equal((await ask(origin, '/api/v1/users')).headers.get('retry-after'), '3600')
    })
  })

  describe(`${framework}: deprecation()`, () => {
    it('announces the routes behind it', async (t) => {
      const app = express()
      app.get('/new', (_req, res) => {
        res.json('new')
      })
      app.use(deprecation({ deprecated: DEPRECATED, sunset: SUNSET, link: '/why' }))
      app.get('/old', (_req, res) => {
        res.json('old')
      })
      const origin = await serving(t, app)
      assert.equal((await ask(origin, '/new')).headers.get('deprecation'), null)
      assert.deepEqual(fieldsOf(await ask(origin, '/old')), [
        '@1767225600',
        'Fri, 01 Jan 2027 00:00:00 GMT',
        '</why>; rel="deprecation", </why>; rel="sunset"',
      ])
    })
  })
}

describe('dates that make no sense', () => {
  const handler: any = () => {}
  const from = new Date(0)
  const until = new Date(1000)

  it('are refused when the version is made', () => {
    const refused: [VersionOptions, RegExp][] = [
      [{ deprecated: new Date('never') }, /`deprecated` must be a valid Date/],
      [{ sunset: '2027-01-01' as never }, /`sunset` must be a valid Date/],
      [{ deprecated: SUNSET, sunset: DEPRECATED }, /`sunset` must not be before `deprecated`/],
      [{ afterSunset: 'gone' }, /`afterSunset` needs the date of `sunset`/],
      [{ brownouts: [{ from: until, until: from }] }, /`until` must be a date after `from`/],
      [{ brownouts: [{ from, until, everyDays: 0 }] }, /`everyDays` must be longer/],
      [{ brownouts: [{ from, until: new Date(86_400_000), everyDays: 1 }] }, /`everyDays` must be longer/],
      [{ by: 'header', successor: 'v2' }, /`successor` needs versions in the path/],
    ]
    for (const [options, message] of refused) assert.throws(() => version('v1', handler, options), message)
    for (const [brownouts, message] of [
      [
        '2026-11-01',
        "options.brownouts: is '2026-11-01'; give a list: [{ from: new Date(…), until: new Date(…) }]",
      ],
      [
        [
          { from, until },
          { from: '2026-11-01', until },
        ],
        "options.brownouts[1].from: is '2026-11-01'; give a Date: new Date('2026-11-01')",
      ],
      [[{ from, until: 'soon' }], "options.brownouts[0].until: is 'soon'; give a valid Date"],
      [[{ from }], 'options.brownouts[0].until: is undefined; give a valid Date'],
      [
        [{ from: new Date('never'), until }],
        'options.brownouts[0].from: is an Invalid Date; give a valid Date',
      ],
      [
        [{ from, to: until }],
        'options.brownouts[0].to: there is no such member; there are: from, until, everyDays, times',
      ],
      [
        [{ from, until, everyDays: 7, times: '4' }],
        "options.brownouts[0].times: is '4'; it is a number from 1",
      ],
      [
        [null],
        'options.brownouts[0]: is null; give an object with the members from, until, everyDays, times',
      ],
    ] as const) {
      assert.throws(() => version('v1', handler, { brownouts } as never), {
        name: 'ContractError',
        code: 'NOZOMI_SCHEMA_CONTRACT',
        message: `version(): ${message}`,
      })
    }
    assert.throws(() => deprecation({ deprecated: SUNSET, sunset: DEPRECATED }), /must not be before/)
    assert.doesNotThrow(() => versions([version('v1', handler, { successor: 'v2' })]))
  })
})
