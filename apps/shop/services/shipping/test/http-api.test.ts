import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { after, afterEach, before, describe, it } from 'node:test'
import { PROBLEMS, type ProblemCode } from '../src/http/problem.js'
import { aQuoteRequest, aShipmentRequest } from './support/requests.js'
import { startTestService, type TestService, until } from './support/test-service.js'

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly json: Record<string, unknown>
}

interface FieldProblem {
  readonly field: string
  readonly problem: string
  readonly expected: string
}

let service: TestService

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(service.httpAddress + path, init)
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : {}
  return { status: response.status, headers: response.headers, json }
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  return ask(path, {
    method: 'POST',
    body: text,
    headers: { 'Content-Type': 'application/json', ...headers },
  })
}

function assertProblem(answer: Answer, code: ProblemCode): void {
  assert.deepEqual(
    [answer.status, answer.json.status, answer.json.code],
    [PROBLEMS[code], PROBLEMS[code], code],
  )
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.ok(typeof answer.json.title === 'string' && typeof answer.json.detail === 'string')
}

function errorsOf({ json }: Answer): readonly FieldProblem[] {
  return (json.errors ?? []) as readonly FieldProblem[]
}

before(async () => {
  service = await startTestService({ callLimitMs: 1000, bodyLimitBytes: 4096 })
})

afterEach(() => Object.assign(service.faults, { delayMs: 0, failureRate: 0, lostAnswerRate: 0 }))

after(() => service.stop())

describe('POST /quotes', () => {
  it('answers 200 with the options, which nobody keeps', async () => {
    const { status, headers, json } = await post('/quotes', aQuoteRequest({ level: 'standard' }))
    assert.equal(status, 200)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.deepEqual(json, {
      options: [
        { level: 'standard', price: { amount: 1110, currency: 'EUR' }, delivery: { min: 2, max: 5 } },
      ],
    })
  })

  it('answers 400 and names every wrong field, what is wrong, and what would be right', async () => {
    const answer = await post('/quotes', {
      weightGrams: '5',
      destination: { country: 'Netherlands', postalCode: null, city: 'x' },
      colour: 'red',
    })
    assertProblem(answer, 'invalid-input')
    const errors = errorsOf(answer)
    assert.deepEqual(errors.map(({ field }) => field).toSorted(), [
      'colour',
      'destination.city',
      'destination.country',
      'destination.postalCode',
      'weightGrams',
    ])
    const of = (name: string) => errors.find(({ field }) => field === name)
    assert.deepEqual(of('weightGrams'), {
      field: 'weightGrams',
      problem: 'is "5"',
      expected: 'a whole number of grams from 1 to 30000',
    })
    assert.equal(of('colour')?.problem, 'is not known here')
    assert.equal(of('colour')?.expected, 'only weightGrams, destination, level')
    assert.equal(of('destination.postalCode')?.problem, 'is null')
    assert.match(String(answer.json.detail), /weightGrams is "5"; expected a whole number/)
  })

  for (const [what, body, field, problem] of [
    ['nothing in it', {}, 'weightGrams', /^is missing$/],
    ['a list', [], 'body', /^is a list$/],
    ['a list for the destination', { weightGrams: 1, destination: [] }, 'destination', /^is a list$/],
    ['no destination', { weightGrams: 1 }, 'destination', /^is missing$/],
    ['null for the destination', { weightGrams: 1, destination: null }, 'destination', /^is null$/],
    [
      'a long text',
      aQuoteRequest({ destination: { country: 'N'.repeat(100), postalCode: '1' } }),
      'destination.country',
      /^has 100 characters$/,
    ],
    ['a fraction', aQuoteRequest({ weightGrams: 0.5 }), 'weightGrams', /^is 0.5$/],
    ['a huge number', aQuoteRequest({ weightGrams: 1e300 }), 'weightGrams', /^is 1e\+300$/],
  ] as const) {
    it(`answers 400 for a body with ${what}`, async () => {
      const answer = await post('/quotes', body)
      assertProblem(answer, 'invalid-input')
      const error = errorsOf(answer).find((each) => each.field === field)
      assert.match(error?.problem ?? '', problem)
      assert.ok((error?.expected.length ?? 0) > 0)
    })
  }

  it('answers 400 for a body that is no JSON object', async () => {
    for (const body of ['{', 'weight=5', '5', 'null', '"text"'])
      assertProblem(await post('/quotes', body), 'malformed-json')
  })

  it('answers 400 for no body at all', async () => {
    const answer = await ask('/quotes', { method: 'POST' })
    assertProblem(answer, 'invalid-input')
    assert.deepEqual(
      errorsOf(answer).map(({ field, problem }) => [field, problem]),
      [['body', 'is missing']],
    )
  })

  it('answers 400 for a key that could change a prototype', async () => {
    assert.equal((await post('/quotes', '{"__proto__":{"admin":true}}')).status, 400)
  })

  it('answers 413 with the limit for a body that is too large, also when it was compressed', async () => {
    const large = JSON.stringify({ orderId: 'x'.repeat(5000) })
    for (const answer of [
      await post('/quotes', large),
      await post('/quotes', gzipSync(large), { 'Content-Encoding': 'gzip' }),
    ]) {
      assertProblem(answer, 'too-large')
      assert.match(String(answer.json.detail), /4096 bytes/)
    }
  })

  it('answers 415 for a body of another type', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const answer = await post('/quotes', '{}', { 'Content-Type': type })
      assertProblem(answer, 'unsupported-media-type')
      assert.equal(answer.headers.get('accept'), 'application/json')
    }
  })
})

describe('POST /shipments', () => {
  it('answers 201 with the address of the shipment, and 200 for the same order again', async () => {
    const request = aShipmentRequest()
    const first = await post('/shipments', request)
    assert.equal(first.status, 201)
    assert.equal(first.headers.get('location'), `/shipments/${String(first.json.tracking)}`)
    const second = await post('/shipments', request)
    assert.deepEqual([second.status, second.json], [200, first.json])
    assert.equal(second.headers.get('location'), first.headers.get('location'))
  })

  it('answers 409 and names what differs when the order was shipped with other details', async () => {
    const request = aShipmentRequest()
    await post('/shipments', request)
    const answer = await post('/shipments', { ...request, weightGrams: 5000 })
    assertProblem(answer, 'order-shipped-differently')
    assert.deepEqual(errorsOf(answer), [
      {
        field: 'weightGrams',
        problem: 'is 5000, and was not when this order was shipped',
        expected: '800, or another orderId',
      },
    ])
  })

  it('creates nothing for a request that is refused', async () => {
    const request = aShipmentRequest()
    assertProblem(await post('/shipments', { ...request, level: 'slow' }), 'invalid-input')
    assert.equal((await post('/shipments', request)).status, 201)
  })
})

describe('GET /shipments/:tracking', () => {
  it('answers 200, and 304 to who has it already, until something happens', async () => {
    const { json } = await post('/shipments', aShipmentRequest())
    const path = `/shipments/${String(json.tracking)}`
    const answer = await ask(path)
    assert.deepEqual([answer.status, answer.json], [200, json])
    assert.equal(answer.headers.get('cache-control'), 'no-cache')
    // `fetch` would add a no-cache.
    const headers = { 'If-None-Match': answer.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' }
    assert.equal((await ask(path, { headers })).status, 304)
    await service.step(String(json.tracking))
    const changed = await ask(path, { headers })
    assert.equal(changed.status, 200)
    assert.equal((changed.json.history as unknown[]).length, 2)
  })

  it('answers 400 for no tracking number, and 404 for one of no shipment', async () => {
    for (const tracking of ['1', 'SH77777777777777770', '%00', "1'--"]) {
      const answer = await ask(`/shipments/${tracking}`)
      assertProblem(answer, 'invalid-input')
      assert.deepEqual(
        errorsOf(answer).map(({ field }) => field),
        ['tracking'],
      )
    }
    assertProblem(await ask('/shipments/SH7777777777777777R'), 'unknown-shipment')
    assertProblem(await ask('/shipments/%zz'), 'malformed-request')
  })
})

describe('an address or a method that there is not', () => {
  it('answers 404', async () => {
    for (const path of ['/', '/quote', '/shipments/a/b', '/health'])
      assertProblem(await ask(path), 'unknown-route')
  })

  it('answers 405 and says what there is', async () => {
    for (const [method, path, allow] of [
      ['GET', '/quotes', 'OPTIONS, POST'],
      ['DELETE', '/shipments', 'OPTIONS, POST'],
      ['PUT', '/shipments/x', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const answer = await ask(path, { method })
      assertProblem(answer, 'method-not-allowed')
      assert.equal(answer.headers.get('allow'), allow)
      assert.equal((await ask(path, { method: 'OPTIONS' })).status, 204)
    }
  })
})

describe('a call over HTTP', () => {
  it('answers 504 at the limit that the caller names, and at the own one', async () => {
    service.faults.delayMs = 60_000
    for (const [sent, limit] of [
      ['50', 50],
      ['999999', 1000],
    ] as const) {
      const answer = await post('/quotes', aQuoteRequest(), { 'Request-Timeout-Ms': sent })
      assertProblem(answer, 'deadline-exceeded')
      assert.match(String(answer.json.detail), new RegExp(`within ${limit} ms`))
    }
  })

  it('answers 400 for a limit that is none', async () => {
    for (const sent of ['0', '-1', '1.5', 'soon', '1e3', '9'.repeat(30)]) {
      const answer = await post('/quotes', aQuoteRequest(), { 'Request-Timeout-Ms': sent })
      assertProblem(answer, 'invalid-input')
      assert.deepEqual(
        errorsOf(answer).map(({ field }) => field),
        ['Request-Timeout-Ms'],
      )
    }
  })

  it('is noticed when the caller goes away', async () => {
    service.faults.delayMs = 60_000
    const cancelled = () =>
      service.callsEnded({ transport: 'http', operation: 'quote', outcome: 'cancelled' })
    const before = await cancelled()
    const { hostname, port } = new URL(service.httpAddress)
    const body = JSON.stringify(aQuoteRequest())
    const socket = connect(Number(port), hostname)
    const head = `POST /quotes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`
    socket.write(`${head}\r\n${body}`)
    await until('it is under way', async () => (await service.callsUnderWay('http')) === 2)
    socket.destroy()
    await until('it was noticed', async () => (await cancelled()) === before + 1)
  })

  it('answers 503 when the service can not, and says when to come back', async () => {
    service.faults.failureRate = 1
    const answer = await post('/quotes', aQuoteRequest())
    assertProblem(answer, 'unavailable')
    assert.equal(answer.headers.get('retry-after'), '1')
  })

  it('keeps the name that the caller gave it, and gets one when that is none', async () => {
    const named = await post('/quotes', aQuoteRequest(), { 'X-Request-Id': 'shop-1.2:3' })
    assert.equal(named.headers.get('x-request-id'), 'shop-1.2:3')
    for (const sent of ['a b', 'x'.repeat(200), '{"a":1}']) {
      const answer = await post('/quotes', aQuoteRequest(), { 'X-Request-Id': sent })
      assert.match(answer.headers.get('x-request-id') ?? '', /^[\da-f-]{36}$/)
    }
  })
})

describe('the operations', () => {
  it('tell that the service lives and is ready, with what was asked', async () => {
    const live = await ask('/health/live')
    assert.deepEqual([live.status, live.json], [200, { status: 'live' }])
    const { status, json } = await ask('/health/ready')
    assert.equal(status, 200)
    assert.equal(json.status, 'ready')
    assert.deepEqual(Object.keys(json.checks as object).toSorted(), ['accepting', 'storage'])
  })

  it('count calls by operation, so that what clients send makes no new series', async () => {
    await post('/quotes', aQuoteRequest())
    for (const path of ['/made-up-1', '/made-up-2', '/shipments/made-up-3']) await ask(path)
    const text = await (await fetch(`${service.httpAddress}/metrics`)).text()
    assert.match(text, /shipping_calls_total\{transport="http",operation="quote",outcome="200"\} \d/)
    assert.match(text, /operation="other",outcome="404"/)
    assert.match(text, /^shipping_shipments \d/m)
    assert.match(text, /^process_cpu_seconds_total /m)
    assert.ok(!text.includes('made-up'))
  })
})
