import type { Incident, LayerRun, RecordedError, RequestRecord, RunOutcome } from '#dist/types/record.js'
import type { Place } from '#dist/types/place.js'
import { at, ROOT } from './bookshop.mjs'

/** A record of `GET /api/catalogue` that was answered with 200, or what the test says instead. */
export function record(id: number, changes: Partial<RequestRecord> = {}): RequestRecord {
  const method = changes.method ?? 'GET'
  const url = changes.url ?? '/api/catalogue?page=1'
  return {
    id,
    method,
    url,
    startedAt: Date.now(),
    durationMs: 4.2,
    outcome: 'finished',
    status: 200,
    requestFields: [
      ['Host', 'localhost:3000'],
      ['Accept', 'application/json'],
      ['User-Agent', 'curl/8.11.0'],
      ['Cookie', '[redacted]'],
      ['X-Request-Id', `req-${id.toString(16).padStart(6, '0')}`],
    ],
    responseFields: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['Content-Length', '1184'],
      ['ETag', 'W/"4a0-mF0u3jq2b1Yx5mK6gq0S1xq0v3s"'],
    ],
    route: '/api/catalogue',
    runs: [],
    error: null,
    incidents: [],
    ...changes,
  }
}

interface RunParts {
  readonly kind?: LayerRun['kind']
  readonly depth?: number
  readonly baseUrl?: string
  readonly place?: Place | null
  readonly outcome?: RunOutcome
}

/** A run from `startMs`, that returned and ended when it says so. */
export function run(
  name: string,
  [startMs, returnMs, endMs]: (number | null)[],
  parts: RunParts = {},
): LayerRun {
  const { kind = 'middleware', depth = 0, baseUrl = '', place = null, outcome = 'next' } = parts
  return {
    name,
    kind,
    baseUrl,
    place,
    depth,
    startMs: startMs ?? 0,
    returnMs: returnMs ?? null,
    endMs: endMs ?? null,
    outcome,
  }
}

function before(total: number | null): LayerRun[] {
  return [
    run('requestLog', [0.1, 0.9, 0.3], { place: at('middleware/request-log.js', 1, 8) }),
    run('openSession', [0.3, 0.9, total === null ? 3.1 : Math.min(3.1, total / 2)], {
      place: at('middleware/session.js', 3, 8),
    }),
  ]
}

export function listing(id: number, startedAt: number, ms: number): RequestRecord {
  const begin = ms / 2
  return record(id, {
    startedAt,
    url: `/api/catalogue?page=${1 + (id % 7)}`,
    durationMs: ms,
    runs: [
      ...before(ms),
      run('catalogue', [begin, begin + 0.4, ms], {
        kind: 'router',
        baseUrl: '/api/catalogue',
        place: at('app.js', 11, 5),
        outcome: 'answered',
      }),
      run('listBooks', [begin + 0.1, begin + 0.4, ms], {
        kind: 'handler',
        depth: 1,
        baseUrl: '/api/catalogue',
        place: at('routes/catalogue.js', 6, 20),
        outcome: 'answered',
      }),
    ],
  })
}

export function failing(id: number, startedAt: number): RequestRecord {
  return record(id, {
    startedAt,
    url: '/api/orders/1042',
    route: '/api/orders/:id',
    status: 500,
    durationMs: 9.4,
    error: typeError(),
    runs: [
      ...before(9.4),
      run('orders', [3.2, 3.9, 8.6], {
        kind: 'router',
        baseUrl: '/api/orders',
        place: at('app.js', 12, 5),
        outcome: 'failed',
      }),
      run('mustBeSignedIn', [3.3, 3.9, 3.5], {
        depth: 1,
        baseUrl: '/api/orders',
        place: at('routes/orders.js', 7, 12),
      }),
      run('showOrder', [3.5, 3.8, 8.5], {
        kind: 'handler',
        depth: 1,
        baseUrl: '/api/orders',
        place: at('routes/orders.js', 12, 20),
        outcome: 'failed',
      }),
      run('problem', [8.6, 9.3, 9.3], {
        kind: 'error-handler',
        place: at('app.js', 23, 9),
        outcome: 'answered',
      }),
    ],
  })
}

export function typeError(): RecordedError {
  return {
    name: 'TypeError',
    message: "Cannot read properties of undefined (reading 'reduce')",
    stack: [
      "TypeError: Cannot read properties of undefined (reading 'reduce')",
      `    at showOrder (${ROOT}/src/routes/orders.js:14:43)`,
      '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    ].join('\n'),
    place: at('routes/orders.js', 14, 43),
  }
}

export function hung(id: number, startedAt: number): RequestRecord {
  const url = '/api/catalogue/9780141439518/cover'
  return record(id, {
    startedAt,
    url,
    route: '/api/catalogue/:isbn/cover',
    status: null,
    durationMs: null,
    outcome: 'running',
    responseFields: [],
    runs: [
      ...before(null),
      run('catalogue', [3.2, 3.9, null], {
        kind: 'router',
        baseUrl: '/api/catalogue',
        place: at('app.js', 11, 5),
        outcome: 'running',
      }),
      run('sendCover', [3.4, 3.9, null], {
        kind: 'handler',
        depth: 1,
        baseUrl: '/api/catalogue',
        place: at('routes/catalogue.js', 15, 31),
        outcome: 'running',
      }),
    ],
    incidents: [
      incident(
        'hung',
        id,
        url,
        'sendCover neither answered nor called next() in 5 s. When it gets an error it does nothing: answer there, or call next(error).',
        [
          { what: 'runs since 5 s', place: at('routes/catalogue.js', 15, 31) },
          { what: 'before it: openSession', place: at('middleware/session.js', 3, 8) },
        ],
      ),
    ],
  })
}

export function incident(
  kind: Incident['kind'],
  requestId: number,
  url: string,
  message: string,
  places: Incident['places'],
): Incident {
  return { kind, message, places, requestId, method: 'GET', url, route: null, count: 3 }
}

/** What an afternoon of a small shop looks like: `count` requests, the last of them now. */
export function afternoon(count: number, end = Date.now()): RequestRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const id = index + 1
    const startedAt = end - (count - index) * 870
    return one(id, startedAt)
  })
}

function one(id: number, startedAt: number): RequestRecord {
  const kind = (id * 7) % 23
  if (kind === 3) return failing(id, startedAt)
  if (kind === 5)
    return record(id, {
      startedAt,
      method: 'POST',
      url: '/api/orders',
      route: '/api/orders',
      status: 201,
      durationMs: 38.6,
    })
  if (kind === 8)
    return record(id, { startedAt, url: '/api/orders/77', route: null, status: 401, durationMs: 1.3 })
  if (kind === 11)
    return record(id, { startedAt, url: '/favicon.ico', route: null, status: 404, durationMs: 0.8 })
  if (kind === 14)
    return record(id, {
      startedAt,
      url: '/api/catalogue/9780261103573',
      route: '/api/catalogue/:isbn',
      status: 304,
      durationMs: 2.1,
    })
  if (kind === 17)
    return record(id, {
      startedAt,
      method: 'DELETE',
      url: `/api/orders/${id}`,
      route: '/api/orders/:id',
      status: 204,
      durationMs: 12.9,
    })
  if (kind === 20)
    return record(id, {
      startedAt,
      url: '/api/reports/sales?from=2026-01-01&to=2026-06-30',
      route: '/api/reports/sales',
      durationMs: 1240 + id,
    })
  return listing(id, startedAt, 3 + ((id * 13) % 40))
}
