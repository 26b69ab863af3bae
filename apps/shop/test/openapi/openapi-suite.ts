import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Contract, operationsOf, type ResponseContract } from '@nozomi/schema'
import { createContainer } from 'awilix'
import { Validator } from '@seriousme/openapi-schema-validator'
import type { z } from 'zod'
import type { ApiRoutes } from '#shop/http/api.js'
import { memoryStorage } from '../support/storages.js'
import { asPrincipal } from '../support/test-authenticator.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { openApiFaults } from './openapi-faults.js'

/** With a provider there are routes to sign in through it. Nobody asks it here. */
const OIDC = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'shop', OIDC_CLIENT_SECRET: 'secret' }

interface Registered {
  readonly route: string
  readonly contract: Contract
}

/** The routes of a module by method and path, below the path of the module: `get /orders/:id`. What answers all other methods is none. */
function registeredIn({ path, router }: ApiRoutes): Registered[] {
  return operationsOf(router)
    .filter(({ method }) => method !== 'ALL')
    .map((operation) => ({
      route: `${operation.method.toLowerCase()} ${path}${operation.path === '/' ? '' : operation.path}`,
      contract: operation.contract,
    }))
}

export function describeOpenApi(framework: Framework): void {
  describe(`the OpenAPI document on ${framework}`, () => {
    let shop: TestShop
    let routes: readonly ApiRoutes[]
    // biome-ignore lint: tests look into whatever came
    let document: any

    before(async () => {
      shop = await testShop({ storage: memoryStorage(), framework, variables: OIDC })
      const { MODULES } = await import('#shop/start/modules.js')
      routes = MODULES.flatMap((module) => module.api?.(shop.cradle) ?? [])
      document = (await shop.ask('/api/openapi.json')).json
    })

    after(() => shop?.stop())

    it('is one of OpenAPI 3.1, without a fault', () => {
      assert.match(document.openapi, /^3\.1\.\d+$/)
      assert.deepEqual(openApiFaults(document), [])
    })

    it('keeps to the schema that the specification has of such documents', async () => {
      const validator = new Validator()
      assert.deepEqual(await validator.validate(structuredClone(document)), { valid: true })
      assert.equal(validator.version, '3.1')
      const broken = structuredClone(document)
      delete broken.paths['/v1/orders'].post.responses[201].description
      assert.equal((await validator.validate(broken)).valid, false)
    })

    it('names problems by the titles that are explained', async () => {
      const explained = new Map<string, string>()
      const { PROBLEMS } = await import('#shop/http/problems/problem-catalogue.js')
      const { MODULES } = await import('#shop/start/modules.js')
      for (const kinds of [PROBLEMS, ...MODULES.map(({ problems = {} }) => problems)])
        for (const { code, status, title } of Object.values(kinds)) explained.set(code, `${status} ${title}`)
      const wrong: string[] = []
      let named = 0
      for (const { route, contract } of routes.flatMap(registeredIn)) {
        for (const [status, { name = '', description = '' }] of Object.entries<ResponseContract>(
          contract.response as Record<string, ResponseContract>,
        )) {
          if (!/^[45]/.test(status)) continue
          for (const code of name.split('.').filter((one) => one !== '')) {
            const [at, ...title] = (explained.get(code) ?? '').split(' ')
            if (at !== status || !description.includes(`\`${code}\`: ${title.join(' ')}.`))
              wrong.push(`${route}: ${status} ${code}`)
            named++
          }
        }
      }
      assert.deepEqual(wrong, [])
      assert.ok(named > 500, `only ${named} problems are named`)
    })

    it('has each route of each module, and no other', () => {
      const registered = routes.flatMap((entry) =>
        registeredIn(entry).flatMap(({ route, contract }) => {
          assert.notEqual(contract.operationId, undefined, `${route} has no contract`)
          const [method, path = ''] = route.split(' ')
          const template = path.replaceAll(/:(\w+)/g, '{$1}')
          return (entry.versions === 'none' ? [''] : entry.versions.map((version) => `/${version}`)).map(
            (prefix) => `${method} ${prefix}${template}`,
          )
        }),
      )
      const described = Object.entries<object>(document.paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method} ${path}`),
      )
      assert.deepEqual(described.toSorted(), registered.toSorted())
    })

    it('is of the API alone, and what stands outside of it has contracts, too', async () => {
      const { createShopApplication } = await import('#shop/http/shop-application.js')
      const { VIEWS } = await import('#shop/http/pages/page-routes.js')
      const { MODULES } = await import('#shop/start/modules.js')
      const { log, draining, insight, authenticator, state, configuration } = shop.cradle
      const app = createShopApplication({
        log,
        draining,
        insight,
        authenticator,
        state,
        container: createContainer(),
        security: configuration.security,
        observers: [],
        middleware: [],
        api: [],
        site: MODULES.flatMap((module) => module.site?.(shop.cradle) ?? []),
        problems: {},
        translations: [],
      })
      const ofSite = operationsOf(app).filter(
        ({ method, path }) => method !== 'ALL' && !path.startsWith('/api/') && !VIEWS.includes(path),
      )
      const without = ofSite.filter(({ contract }) => contract.response === undefined)
      assert.deepEqual(
        without.map(({ method, path }) => `${method} ${path}`),
        [],
      )
      const paths = new Set(ofSite.map(({ path }) => path))
      for (const path of [
        '/health/live',
        '/health/ready',
        '/images/:file',
        '/metrics',
        '/problems',
        '/problems/:code',
        '/sign-in/oidc',
        '/sign-in/oidc/callback',
      ])
        assert.ok(paths.has(path), path)
      assert.deepEqual(
        Object.keys(document.paths).filter((path) => paths.has(path)),
        [],
      )
    })

    it('names the cookie of a guest, and that of the refresh token by its security scheme alone', () => {
      const cookiesOf = (path: string, method: string): string[] => {
        const { parameters = [] } = document.paths[path][method] as {
          parameters?: { in: string; name: string; required?: boolean }[]
        }
        return parameters.filter((one) => one.in === 'cookie' && !one.required).map(({ name }) => name)
      }
      assert.deepEqual(cookiesOf('/v1/cart', 'get'), ['cart'])
      assert.deepEqual(cookiesOf('/v2/cart/lines/{productId}', 'patch'), ['cart'])
      assert.deepEqual(cookiesOf('/v1/orders', 'get'), [])
      assert.deepEqual(cookiesOf('/v1/auth/refresh', 'post'), [])
      assert.deepEqual(document.paths['/v1/auth/refresh'].post.security, [{ refresh: [] }])
    })

    it('names only what answers, with a status that it names', async () => {
      const everything = asPrincipal({
        permissions: [
          'accounts:read',
          'accounts:write',
          'catalogue:write',
          'events:manage',
          'orders:read',
          'orders:write',
          'users:manage',
        ],
      })
      const wrong: string[] = []
      for (const [path, item] of Object.entries<Record<string, { responses: object }>>(document.paths)) {
        const address = `/api${path.replaceAll(/\{[^}]+\}/g, '2147483646')}`
        for (const [method, { responses }] of Object.entries(item)) {
          const answer = await shop.ask(address, { method: method.toUpperCase(), headers: everything })
          const isThere = answer.json?.code !== 'unknown-route' && answer.status !== 405
          if (isThere && String(answer.status) in responses) continue
          wrong.push(
            `${method} ${address}: ${answer.status} ${answer.json?.code}; ${Object.keys(responses)} are described`,
          )
        }
      }
      assert.deepEqual(wrong, [])
    })

    it('gives examples of bodies that the routes take', () => {
      const examples = routes
        .flatMap(registeredIn)
        .flatMap(({ contract: { operationId: id = '', body } }) => {
          const schema = body && ('~standard' in body ? body : body['application/json'])
          const { examples: some = [] } = (schema as z.ZodType | null | undefined)?.meta?.() ?? {}
          return [some].flat().map((example) => ({ id, schema: schema as z.ZodType, example }))
        })
      for (const { id, schema, example } of examples)
        assert.deepEqual(schema.safeParse(example).error?.issues ?? [], [], id)
      const having = new Set(examples.map(({ id }) => id))
      for (const id of [
        'placeOrder',
        'transfer',
        'addToCart',
        'receiveStock',
        'createRoom',
        'createProduct',
        'register',
      ])
        assert.ok(having.has(id), id)
      const { NewOrder, NewProductV1, NewTransfer } = document.components.schemas
      assert.equal(NewOrder.examples.length, 2)
      for (const one of [NewProductV1, NewTransfer]) assert.equal(one.examples.length, 1)
    })

    it('describes numbers, lengths and defaults as they are taken', async () => {
      const { DEFAULT_LIMIT, MAX_LIMIT } = await import(
        '#shop/modules/catalogue/http/input/product-list-query.js'
      )
      const list = document.paths['/v1/products'].get.parameters
      const limit = list.find(({ name }: { name: string }) => name === 'limit').schema
      assert.deepEqual(limit, {
        type: 'integer',
        minimum: 1,
        maximum: MAX_LIMIT,
        default: DEFAULT_LIMIT,
        description: `a whole number from 1 to ${MAX_LIMIT}`,
      })
      const orders = document.paths['/v1/orders'].get.parameters
      assert.equal(orders.find(({ name }: { name: string }) => name === 'limit').schema.default, 20)
      const register = document.paths['/v1/auth/register'].post.requestBody
      const { email } = register.content['application/json'].schema.properties
      assert.deepEqual([email.maxLength, email.format], [254, 'email'])
      assert.ok(email.description.includes('at most 254 characters'))
    })

    it('refers to the schemas that are in use, by one name each', () => {
      const { ProductV1, ProductV2, NewProductV2 } = document.components.schemas
      assert.equal(ProductV1.properties.price.properties.amount.type, 'integer')
      assert.equal(ProductV2.properties.price.$ref, '#/components/schemas/PriceV2')
      assert.equal(NewProductV2.properties.stock, undefined)
      assert.match(NewProductV2.properties.name.description, /1 to 120 characters/)
      const create = document.paths['/v2/products'].post
      assert.equal(
        create.requestBody.content['application/json'].schema.$ref,
        '#/components/schemas/NewProductV2',
      )
      assert.deepEqual(create.security, [{ bearer: [] }, { session: [], csrf: [] }])
      assert.equal(document.paths['/v1/products'].get.deprecated, true)
      assert.equal(document.paths['/v1/products/{product}/images'].get.deprecated, undefined)
      const list = document.paths['/v2/products'].get
      assert.equal(list.deprecated, undefined)
      assert.ok('text/csv' in list.responses[200].content)
      const names = list.parameters
        .filter((parameter: { in: string }) => parameter.in === 'query')
        .map(({ name }: { name: string }) => name)
      assert.deepEqual(names.toSorted(), [
        'category',
        'cursor',
        'inStock',
        'limit',
        'maxPrice',
        'minPrice',
        'page',
        'q',
        'sort',
      ])
    })

    it('is the same for every version, and is only read', async () => {
      const { status } = await shop.ask('/api/openapi.json', { method: 'POST' })
      assert.equal(status, 405)
      assert.ok(document.paths['/graphql'].post)
    })
  })

  describe(`the page of the API on ${framework}`, () => {
    let shop: TestShop

    before(async () => {
      shop = await testShop({ storage: memoryStorage(), framework })
    })

    after(() => shop?.stop())

    it('is Swagger UI from this server alone, under the policy', async () => {
      const { status, headers, text } = await shop.ask('/api/docs')
      assert.equal(status, 200)
      const policy = headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/)
      assert.doesNotMatch(policy, /unsafe|https?:/)
      assert.doesNotMatch(text, /https?:\/\/|<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/i)
      const links = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link ?? '')
      assert.equal(links.length, 4)
      for (const link of links) {
        const asset = await shop.ask(new URL(link, 'http://shop/api/docs').pathname)
        assert.equal(asset.status, 200, link)
        const cached = link.endsWith('start.js') ? 'no-cache' : 'public, max-age=31536000, immutable'
        assert.equal(asset.headers.get('cache-control'), cached, link)
      }
    })

    it('serves nothing else of the package', async () => {
      for (const path of ['/api/docs/index.html', '/api/docs/package.json', '/api/docs/%2e%2e/package.json'])
        assert.equal((await shop.ask(path)).status, 404, path)
    })
  })
}
