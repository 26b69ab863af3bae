import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import test from 'node:test'
import { audit } from '#dist/audit/audit.js'
import { auditObserved } from '#dist/audit/audit-observed.js'
import { watchRegistrations } from '#dist/hosts/registrations.js'
import type { Finding } from '#dist/types/finding.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'
import { temporaryFolder } from '../support/temporary-folder.mjs'
import type { Framework } from './applications/framework.mjs'
import { createGateway } from './applications/gateway.mjs'
import { createGraphqlEndpoint } from './applications/graphql-endpoint.mjs'
import { createLegacyApplication } from './applications/legacy-express-4.mjs'
import { createMultiTenant } from './applications/multi-tenant.mjs'
import { createRealtime } from './applications/realtime.mjs'
import { createRestApi } from './applications/rest-api.mjs'
import { createServerRenderedSite } from './applications/server-rendered-site.mjs'
import { createSpaHost } from './applications/spa-host.mjs'
import { createUploadService } from './applications/upload-service.mjs'
import { createWebhookReceiver } from './applications/webhook-receiver.mjs'

/** `GET /path` or `POST /path {"json":1}`, and the status. */
type Asked = readonly [line: string, status: number, fields?: Record<string, string>]

interface Example {
  readonly name: string
  readonly create: (express: Framework) => ReturnType<Framework>
  readonly asked: readonly Asked[]
}

const KEY = { 'X-Api-Key': 'key' }

const EXAMPLES: readonly Example[] = [
  {
    name: 'a REST API',
    create: createRestApi,
    asked: [
      ['GET /healthz', 200],
      ['GET /api/todos/1', 200, KEY],
      ['GET /api/todos/count', 200, KEY],
      ['POST /api/todos {"title":"Read"}', 201, KEY],
      ['GET /api/users/me', 200],
      ['GET /api/users/bob', 404],
      ['GET /nothing', 404],
    ],
  },
  {
    name: 'a site with views and sessions',
    create: createServerRenderedSite,
    asked: [
      ['GET /', 200],
      ['GET /assets/site.css', 200],
      ['POST /sign-in name=ada', 302],
      ['GET /account', 302],
      ['GET /nothing', 404],
    ],
  },
  {
    name: 'the host of a single-page application',
    create: createSpaHost,
    asked: [
      ['GET /ready', 200],
      ['GET /app.js', 200],
      ['GET /some/page', 200, { Accept: 'text/html' }],
      ['GET /legacy/page', 200, { Accept: 'text/html' }],
      ['GET /api/settings', 200],
      ['GET /api/nothing', 404],
      ['POST /some/page', 404],
    ],
  },
  {
    name: 'an upload service',
    create: (express) => createUploadService(express, temporaryFolder()),
    asked: [
      ['PUT /streams/1 text', 204],
      ['POST /albums {"title":"Sea"}', 201],
      ['POST /images {}', 400],
    ],
  },
  {
    name: 'a GraphQL endpoint',
    create: createGraphqlEndpoint,
    asked: [
      ['POST /graphql {"query":"{ hello }"}', 200],
      ['GET /graphql', 200, { Accept: 'text/html' }],
      ['GET /schema', 200],
    ],
  },
  {
    name: 'a receiver of webhooks',
    create: createWebhookReceiver,
    asked: [
      ['POST /webhooks/payments {"type":"paid"}', 401],
      ['POST /webhooks/source {"type":"push"}', 202],
      ['POST /webhooks/mail hello', 202],
      ['POST /subscriptions {"url":"https://example.com"}', 201],
      ['GET /received', 200],
    ],
  },
  {
    name: 'a gateway',
    create: createGateway,
    asked: [
      ['GET /status', 200],
      ['GET /users/1', 401],
      ['GET /nothing', 502, { Authorization: 'Bearer token' }],
    ],
  },
  {
    name: 'a realtime service',
    create: (express) => createRealtime(express).app,
    asked: [
      ['POST /messages {"text":"hello"}', 204],
      ['GET /', 200],
      ['GET /nothing', 404],
    ],
  },
  {
    name: 'an application for many tenants',
    create: createMultiTenant,
    asked: [
      ['GET /admin/Tenants', 200],
      ['POST /admin/tenants {}', 400],
      ['GET /t/north/reports', 402],
      ['GET /t/south/reports', 200],
      ['GET /t/south/users/new', 200],
      ['GET /imprint', 200],
      ['GET /nothing', 404],
    ],
  },
  {
    name: 'an application in the style of Express 4',
    create: createLegacyApplication,
    asked: [
      ['GET /', 200],
      ['GET /books/1', 200],
      ['GET /books/latest', 200],
      ['POST /books title=Emma', 303],
      ['GET /nothing', 404],
    ],
  },
]

for (const { name: frameworkName, framework } of FRAMEWORKS) {
  watchRegistrations(framework() as never)
  for (const { name, create, asked } of EXAMPLES) {
    test(`finds nothing in ${name}, which answers as it should, on ${frameworkName}`, async (t) => {
      const app = create(framework)
      assert.deepEqual(audit(app as never, { production: true }), [])
      const observed: Finding[] = []
      const url = await serving(t, (req: IncomingMessage, res: ServerResponse) => {
        res.on('finish', () => observed.push(...auditObserved(app as never, req, { production: true })))
        ;(app as unknown as (...all: unknown[]) => void)(req, res)
      })
      for (const [line, status, fields] of asked)
        assert.equal(await statusOf(url, line, fields), status, line)
      assert.deepEqual(observed, [])
    })
  }
}

async function statusOf(url: string, line: string, fields: Record<string, string> = {}): Promise<number> {
  const [, method = '', path = '', body] = /^(\S+) (\S+)(?: (.+))?$/u.exec(line) ?? []
  const type = body?.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded'
  const headers =
    body === undefined
      ? fields
      : { ...fields, 'Content-Type': body.includes('=') || body.startsWith('{') ? type : 'text/plain' }
  const response = await fetch(url + path, { method, headers, body: body ?? null, redirect: 'manual' })
  await response.arrayBuffer()
  return response.status
}
