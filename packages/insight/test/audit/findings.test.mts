import assert from 'node:assert/strict'
import test from 'node:test'
import { assertAudited, AuditError } from '#dist/audit/assert-audited.js'
import { audit } from '#dist/audit/audit.js'
import { countFindings, formatFindings } from '#dist/audit/format-findings.js'
import type { Finding } from '#dist/types/finding.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import type { Application, Framework } from '../support/rule-cases.mjs'

const SHADOWED: Finding = {
  rule: 'shadowed-route',
  severity: 'error',
  what: 'GET /users/me never runs',
  why: 'The first route gets the request.',
  mend: 'Register it first.',
  place: { file: '/srv/app/src/users.js', line: 12, column: 5 },
}

function showNothing(this: unknown): unknown {
  return this
}

function createFaulty(express: Framework): Application {
  const app = express()
  app.get('/users/:id', (req, res) => res.json(req.params))
  app.get('/users/me', (_req, res) => res.send('me'))
  app.get('/users/:name', (req, res) => res.json(req.params))
  return app
}

test('writes a finding as what, where, why and how it is mended', () => {
  assert.equal(
    formatFindings([SHADOWED], { folder: '/srv/app' }),
    [
      'error GET /users/me never runs (shadowed-route)',
      '  at    src/users.js:12:5',
      '  why   The first route gets the request.',
      '  mend  Register it first.',
    ].join('\n'),
  )
})

test('names files outside of the folder in full, and leaves out a place that is not known', () => {
  assert.match(
    formatFindings([SHADOWED], { folder: '/srv/other' }),
    /^ {2}at {4}\/srv\/app\/src\/users\.js:12:5$/mu,
  )
  assert.doesNotMatch(formatFindings([{ ...SHADOWED, place: null }]), /^ {2}at/mu)
})

test('colours only when it is asked to', () => {
  assert.ok(formatFindings([SHADOWED], { colors: true }).startsWith('\u001B[31merror\u001B[0m'))
  assert.ok(!formatFindings([SHADOWED]).includes('\u001B'))
})

test('writes control characters of names so that no terminal obeys them', () => {
  const text = formatFindings([{ ...SHADOWED, what: 'GET /\u001B[2J never runs' }])
  assert.ok(text.startsWith('error GET /\\u{1b}[2J never runs'), text)
})

test('writes nothing for no findings, and counts them by severity', () => {
  assert.equal(formatFindings([]), '')
  assert.equal(countFindings([]), 'nothing found')
  assert.equal(
    countFindings([SHADOWED, SHADOWED, { ...SHADOWED, severity: 'advice' }]),
    '2 errors, 1 piece of advice',
  )
})

for (const { name, framework } of FRAMEWORKS) {
  test(`gives the gravest findings first, on ${name}`, () => {
    const severities = audit(createFaulty(framework) as never).map(
      ({ rule, severity }) => `${severity} ${rule}`,
    )
    assert.deepEqual(severities, ['error shadowed-route', 'warning duplicate-route', 'advice x-powered-by'])
  })

  test(`leaves out the rules that are ignored, on ${name}`, () => {
    const ignore = ['shadowed-route', 'x-powered-by']
    const rules = audit(createFaulty(framework) as never, { ignore }).map(({ rule }) => rule)
    assert.deepEqual(rules, ['duplicate-route'])
  })

  test(`takes NODE_ENV for whether the application serves the public, on ${name}`, async (t) => {
    const { default: session } = await import('express-session')
    const app = framework().use(session({ secret: 'a secret', resave: false, saveUninitialized: false }))
    const sessionRules = (): string[] =>
      audit(app as never).flatMap(({ rule }) => (rule.startsWith('session') ? [rule] : []))
    const before = process.env['NODE_ENV']
    t.after(() => {
      if (before === undefined) delete process.env['NODE_ENV']
      else process.env['NODE_ENV'] = before
    })
    process.env['NODE_ENV'] = 'development'
    assert.deepEqual(sessionRules(), [])
    process.env['NODE_ENV'] = 'production'
    assert.equal(sessionRules().length, 3)
  })

  test(`refuses an application with faults, and names them all, on ${name}`, () => {
    assert.throws(
      () => assertAudited(createFaulty(framework) as never),
      (error: unknown) => {
        assert.ok(error instanceof AuditError)
        assert.equal(error.code, 'INSIGHT_AUDIT')
        assert.deepEqual(
          error.findings.map(({ rule }) => rule),
          ['shadowed-route', 'duplicate-route'],
        )
        assert.match(error.message, /found 1 error, 1 warning:/u)
        assert.match(error.message, /GET \/users\/me never runs/u)
        return true
      },
    )
  })

  test(`refuses from the severity on that it is given, on ${name}`, () => {
    const app = framework().get('/', (_req, res) => res.end())
    assertAudited(app as never)
    assertAudited(app as never, { failOn: 'error' })
    assert.throws(() => assertAudited(app as never, { failOn: 'advice' }), /x-powered-by/u)
  })

  test(`claims nothing of layers whose path is not known, on ${name}`, () => {
    const app = framework().disable('x-powered-by')
    for (const version of ['/v1', '/v2']) {
      const router = framework.Router()
      router.get('/', (_req, res) => res.send(version))
      app.use(version, router)
      app.use(version, (_req, res) => res.sendStatus(404))
    }
    const { router } = app as unknown as { router: { stack: object[] } }
    // As older versions of Express have them, when nobody watched.
    for (const [index, layer] of router.stack.entries()) {
      const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(layer))
      router.stack[index] = Object.defineProperty(copy, 'rawPath', { value: undefined })
    }
    assert.deepEqual(audit(app as never), [])
  })

  test(`looks through a Router by itself, on ${name}`, () => {
    const router = framework.Router()
    router.get('/:id', (req, res) => res.json(req.params))
    router.get('/latest', (_req, res) => res.send('latest'))
    assert.deepEqual(
      audit(router as never).map(({ what }) => what),
      ['GET /latest never runs: GET /:id comes first, matches it too, and always answers'],
    )
  })

  test(`gets through applications that are empty, cyclic, or patched, on ${name}`, () => {
    const cyclic = framework()
    const router = framework.Router()
    router.use('/again', router)
    cyclic.use(router)
    const patched = framework()
    patched.get('/a', (_req, res) => res.end())
    const stack = (patched as unknown as { router: { stack: unknown[] } }).router.stack
    stack.push(
      {},
      null,
      { handle: 'text' },
      Object.freeze({ handle: Object.freeze(() => undefined), name: 'faked' }),
    )
    const odd = framework()
    odd.use(new Proxy(() => undefined, {}) as never, Math.max as never, showNothing.bind(null) as never)
    odd.get('/', new Function('a', 'b', 'c', 'return a.body + c()') as never)
    odd.use(Map as never)
    for (const app of [framework(), cyclic, patched, odd]) {
      const rules = audit(app as never, { ignore: ['x-powered-by'] }).map(({ rule }) => rule)
      assert.deepEqual(rules, [])
    }
  })
}

test('warns of a rule that fails, and goes on with the others', async (t) => {
  const app = createFaulty(FRAMEWORKS[0]?.framework as Framework)
  Object.defineProperty(app, 'settings', { get: () => assert.fail('the settings are out of reach') })
  const warnings: string[] = []
  const note = (warning: Error): void => void warnings.push(warning.message)
  process.on('warning', note)
  t.after(() => process.off('warning', note))
  const rules = audit(app as never).map(({ rule }) => rule)
  await new Promise(setImmediate)
  assert.deepEqual(rules, ['shadowed-route', 'duplicate-route'])
  assert.equal(warnings.length, 2)
  assert.match(warnings[0] ?? '', /^the rule trust-proxy-true of the audit failed: .*out of reach/u)
})

test('says what it needs when it is given something else', () => {
  assert.throws(() => audit({} as never), TypeError)
})
