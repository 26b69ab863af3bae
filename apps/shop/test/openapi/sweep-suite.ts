import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { StoredRows } from '#shop/platform/database/memory-table.js'
import { file, form } from '../images/forms.js'
import { png } from '../images/pictures.js'
import { ADMIN, bearer, openSession, signIn, tokenOf, visitorAs } from '../identity/people.js'
import type { Answer, Ask } from '../support/client.js'
import { eventually } from '../support/eventually.js'
import { keyed } from '../support/shop-people.js'
import { memoryStorage } from '../support/storages.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { type Document, DocumentSchemas } from './document-schemas.js'
import { spoiled, type Schema, wrongTexts } from './wrong-values.js'

const ADA = { email: 'ada@shop.example', password: 'shop-ada-demo' }
const AT_ONCE = 8
const NOBODY = '0197f2c0-1a2b-7c3d-8e4f-5a6b7c8d9e0f'

interface Parameter {
  readonly name: string
  readonly in: 'cookie' | 'header' | 'path' | 'query'
  readonly required?: boolean
  readonly schema: Schema
}

interface Operation {
  readonly operationId: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: {
    readonly required?: boolean
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>
  }
  readonly responses: Readonly<Record<string, unknown>>
  readonly security?: readonly Readonly<Record<string, unknown>>[]
  readonly 'x-permission'?: string
}

/** An operation as it stands in the document. */
type DescribedOperation = Omit<Operation, 'parameters'> & Partial<Pick<Operation, 'parameters'>>

/** Names of fields are in small letters there; `If-Match` is what they are usually written as. */
function withUsualName(parameter: Parameter): Parameter {
  if (parameter.in !== 'header') return parameter
  return { ...parameter, name: parameter.name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()) }
}

/** A request that must be refused. */
interface Wrong extends Ask {
  readonly label: string
  readonly path: string
  /** When it is known which. */
  readonly status?: number
}

/** Goes over every operation of the document, with all that can be wrong with a request. */
export function describeSweep(framework: Framework): void {
  describe(`every operation of the OpenAPI document on ${framework}`, () => {
    const folder = temporaryFolder()
    const tables = new Set<StoredRows<unknown, unknown>>()
    let shop: TestShop
    // biome-ignore lint: tests look into whatever came
    let document: any
    let schemas: DocumentSchemas
    let tokens: { readonly ada: string; readonly admin: string }
    let ids: Readonly<Record<string, string>>

    /** All that is stored. */
    const stored = (): string => JSON.stringify([...tables].map((table) => table.values()))

    const deref = (schema: unknown): Schema => {
      const { $ref } = (schema ?? {}) as { $ref?: string }
      if ($ref === undefined) return (schema ?? {}) as Schema
      return document.components.schemas[$ref.slice('#/components/schemas/'.length)] as Schema
    }

    before(async () => {
      const { set } = StoredRows.prototype
      StoredRows.prototype.set = function (key, row) {
        tables.add(this)
        set.call(this, key, row)
      }
      after(() => {
        StoredRows.prototype.set = set
      })
      const variables = { IMAGES_DIR: folder.path }
      shop = await testShop({ storage: memoryStorage(), framework, authenticator: 'real', variables })
      document = (await shop.ask('/api/openapi.json')).json
      schemas = new DocumentSchemas(document as Document)
      tokens = { ada: await tokenOf(shop, ADA), admin: await tokenOf(shop, ADMIN) }
      ids = await goods(shop, tokens)
      // What was begun comes to its end.
      let last = ''
      await eventually(
        async () => {
          const before = last
          last = stored()
          await new Promise((resolve) => setTimeout(resolve, 250))
          return before === last && last === stored()
        },
        (isQuiet) => isQuiet,
      )
    })

    after(async () => {
      await shop?.stop()
      folder.remove()
    })

    const operations = (): { method: string; path: string; operation: Operation }[] =>
      Object.entries<Record<string, DescribedOperation>>(document.paths).flatMap(([path, item]) =>
        Object.entries(item).map(([method, { parameters = [], ...operation }]) => ({
          method,
          path,
          operation: { ...operation, parameters: parameters.map(withUsualName) },
        })),
      )

    /** The status is described, and the body is what is described for it. */
    const undescribed = (method: string, path: string, answer: Answer): string[] => {
      const { status, headers, json } = answer
      if (status >= 500) return ['an error of ours']
      const response = schemas.responseOf(`${method} ${path}`, status)
      if (response === undefined) return ['its status is not described']
      const type = (headers.get('content-type') ?? '').split(';')[0] ?? ''
      const schema = response.content?.[type]?.schema
      if (schema === undefined) return [`${type} is not described for it`]
      const faults = schemas.faultsOfValue(schema, json)
      if (status === 400 && json?.code === 'invalid-input' && !(json.issues?.length > 0))
        faults.push('it names no field')
      return faults
    }

    const report = (wrong: Wrong, method: string, { status, text }: Answer, fault: string): string =>
      `${method} ${wrong.path.slice(0, 90)} (${wrong.label}): ${status} ${fault} ${text.slice(0, 160)}`

    it('refuses what is wrong as it is described, and changes nothing', async () => {
      const faults: string[] = []
      let asked = 0
      for (const { method, path, operation } of operations()) {
        const known = stored()
        const wrongs = [...wrongRequests(method, path, operation, { ids, tokens, deref })]
        assert.ok(wrongs.length > 0 || path === '/openapi.json' || path === '/docs', `${method} ${path}`)
        for (let from = 0; from < wrongs.length; from += AT_ONCE) {
          const some = wrongs.slice(from, from + AT_ONCE)
          const answers = await Promise.all(
            some.map(({ path: address, ...ask }) =>
              shop.ask(address, { method: method.toUpperCase(), ...ask }),
            ),
          )
          for (const [index, answer] of answers.entries()) {
            const wrong = some[index] as Wrong
            const isRefused = answer.status >= 400 || answer.json?.errors?.length > 0
            if (!isRefused) faults.push(report(wrong, method, answer, 'is not refused'))
            else if (wrong.status !== undefined && wrong.status !== answer.status)
              faults.push(report(wrong, method, answer, `is not ${wrong.status}`))
            else
              faults.push(
                ...undescribed(method, path, answer).map((fault) => report(wrong, method, answer, fault)),
              )
          }
          asked += some.length
        }
        if (stored() !== known) faults.push(`${method} ${path}: it has changed what is stored`)
      }
      assert.deepEqual(faults, [])
      assert.ok(asked > 3000, `only ${asked} were asked`)
      assert.deepEqual(shop.log.errors, [])
    })

    it('answers 304 to who has it, where that is described, and nowhere else', async () => {
      const faults: string[] = []
      for (const { method, path, operation } of operations()) {
        if (method !== 'get' || operation.operationId.startsWith('streamStock')) continue
        const [base] = [...rightRequest(path, operation, { ids, tokens, deref })]
        const first = await shop.ask(base?.path ?? '', { headers: base?.headers })
        if (first.status !== 200) {
          if (!/^(?:readSession|readUpload)/.test(operation.operationId))
            faults.push(`${path}: ${first.status} ${first.text}`)
          continue
        }
        const tag = first.headers.get('etag')
        const headers = { ...base?.headers, 'If-None-Match': tag ?? '"none"' }
        const second = await shop.ask(base?.path ?? '', { headers })
        const isDescribed = '304' in operation.responses
        const names = operation.parameters.map(({ name }) => name)
        if ((second.status === 304) !== isDescribed || names.includes('If-None-Match') !== isDescribed)
          faults.push(`${path}: ${second.status}, and 304 is ${isDescribed ? '' : 'not '}described`)
      }
      assert.deepEqual(faults, [])
    })

    it('may be asked without a body exactly where that is described', async () => {
      const faults: string[] = []
      for (const { method, path, operation } of operations()) {
        if (operation.requestBody?.content['application/json'] === undefined) continue
        const [base] = [...rightRequest(path, operation, { ids: { ...ids, id: NOBODY }, tokens, deref })]
        const answer = await shop.ask(base?.path ?? '', {
          method: method.toUpperCase(),
          headers: base?.headers,
        })
        const isMissed = answer.status === 400 && /body is missing/.test(answer.text)
        if (isMissed !== (operation.requestBody.required ?? false))
          faults.push(`${method} ${path}: ${answer.status} ${answer.text}`)
      }
      assert.deepEqual(faults, [])
    })

    it('knows people by the ways that are described, and by no other', async () => {
      const { session, csrf, refresh } = document.components.securitySchemes
      const visitor = visitorAs(shop, ADMIN)
      await signIn(visitor)
      assert.match(visitor.visitor.cookie(refresh.name).path, /\/auth\/refresh$/)
      const token = await openSession(visitor)
      const cookie = `${session.name}=${visitor.visitor.cookie(session.name).value}`
      const pair = [...visitor.visitor.cookies]
        .filter(([name]) => name !== refresh.name)
        .map(([name, { value }]) => `${name}=${value}`)
        .join('; ')
      const faults: string[] = []
      for (const { method, path, operation } of operations()) {
        const { security = [] } = operation
        const ways = security.map((way) => Object.keys(way).toSorted().join(' and '))
        if (ways.length === 0) continue
        const fault = (answer: Answer, what: string): void =>
          void faults.push(
            `${method} ${path}: ${what}; ${ways.join(' or ')}; ${answer.status} ${answer.text}`,
          )
        const [right] = [...rightRequest(path, operation, { ids: {}, tokens, deref })]
        const { Authorization: _left, ...headers } = right?.headers ?? {}
        const bySession = (fields: Record<string, string>): Promise<Answer> =>
          shop.ask(right?.path ?? '', { method: method.toUpperCase(), headers: { ...headers, ...fields } })
        const isKnown = ways.includes(method === 'get' ? 'session' : 'csrf and session') || ways.includes('')
        if (method !== 'get') {
          const unsigned = await bySession({ Cookie: cookie })
          if (unsigned.json?.code !== 'forged-request') fault(unsigned, 'a session is enough')
        }
        if (/^(?:endSession|signOutEverywhere)/.test(operation.operationId)) continue
        const answer = await bySession({ Cookie: method === 'get' ? cookie : pair, [csrf.name]: token })
        if ((answer.status !== 401) !== isKnown) fault(answer, 'a session')
        if (answer.json?.code === 'forged-request') fault(answer, 'a session with its token')
      }
      assert.deepEqual(faults, [])
    })

    it('is limited, each one', async () => {
      const limited = await testShop({
        storage: memoryStorage(),
        framework,
        variables: { RATE_LIMIT: '1', IMAGES_DIR: folder.path },
      })
      const faults: string[] = []
      try {
        await limited.ask('/api/v1/products')
        for (const { method, path } of operations()) {
          const address = `/api${path.replaceAll(/\{[^}]+\}/g, '1')}`
          const answer = await limited.ask(address, { method: method.toUpperCase() })
          if (answer.status !== 429) faults.push(`${method} ${path}: ${answer.status}`)
          else faults.push(...undescribed(method, path, answer).map((fault) => `${method} ${path}: ${fault}`))
        }
      } finally {
        await limited.stop()
      }
      assert.deepEqual(faults, [])
    })
  })
}

interface Known {
  readonly ids: Readonly<Record<string, string>>
  readonly tokens: { readonly ada: string; readonly admin: string }
  readonly deref: (schema: unknown) => Schema
}

/** Where the parameters of a path are all of something that there is. */
function addressOf(path: string, { ids }: Known, over: Readonly<Record<string, string>> = {}): string {
  const [, , kind = ''] = path.split('/')
  return `/api${path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(over[name] ?? ids[`${kind} ${name}`] ?? ids[name] ?? NOBODY),
  )}`
}

const TEXTS: Readonly<Record<string, string>> = { products: '1', query: '{ categories { slug } }' }

/** A request with which nothing is wrong but that its body is missing. */
function* rightRequest(path: string, operation: Operation, known: Known): Generator<Wrong> {
  const { security = [], parameters, 'x-permission': permission } = operation
  const token = permission === undefined ? known.tokens.ada : known.tokens.admin
  const search = new URLSearchParams()
  for (const { name, in: place, required } of parameters)
    if (place === 'query' && required) search.set(name, TEXTS[name] ?? '')
  const headers: Record<string, string> = security.length === 0 ? {} : bearer(token)
  for (const { name, in: place } of parameters) {
    if (place === 'header' && name === 'If-Match') headers[name] = '*'
    if (place === 'header' && name === 'Idempotency-Key') headers[name] = randomUUID()
  }
  const question = search.size === 0 ? '' : `?${search}`
  yield { label: 'right', path: `${addressOf(path, known)}${question}`, headers }
}

const WRONG_FIELDS: Readonly<Record<string, string>> = {
  'If-Match': 'garbage',
  'Idempotency-Key': 'short',
  'Upload-Id': 'x',
}

function* wrongRequests(method: string, path: string, operation: Operation, known: Known): Generator<Wrong> {
  const [right] = [...rightRequest(path, operation, known)]
  if (right === undefined) return
  const headers = right.headers ?? {}
  yield* wrongAddresses(method, path, operation, right, known)
  yield* wrongPeople(method, operation, right, known)
  if (path.startsWith('/v')) {
    yield { ...right, label: 'no such version', headers: { ...headers, 'API-Version': '9' }, status: 400 }
    const accept = { ...headers, Accept: 'application/vnd.shop.v9+json' }
    yield { ...right, label: 'a type of no version', headers: accept, status: 406 }
  } else if (path === '/graphql') {
    yield { ...right, label: 'not accepted', headers: { ...headers, Accept: 'text/html' }, status: 406 }
  }
  const bodies = [...wrongBodies(method, operation, known)]
  const usual = bodies.find(({ label }) => label === 'usual')
  for (const { name, in: place, required } of operation.parameters) {
    if (place !== 'header' || WRONG_FIELDS[name] === undefined) continue
    const body = { body: usual?.body, headers: { ...headers, ...usual?.headers } }
    const { [name]: _left, ...without } = body.headers
    if (required) yield { ...right, ...body, label: `without ${name}`, headers: without }
    yield {
      ...right,
      ...body,
      label: `${name} is wrong`,
      headers: { ...body.headers, [name]: WRONG_FIELDS[name] },
      status: 400,
    }
  }
  for (const { headers: own, ...body } of bodies)
    if (body.label !== 'usual') yield { ...right, ...body, headers: { ...headers, ...own } }
}

function* wrongAddresses(
  method: string,
  path: string,
  { parameters }: Operation,
  right: Wrong,
  known: Known,
): Generator<Wrong> {
  const [address = '', question] = right.path.split('?')
  const raw = (name: string, text: string): string =>
    addressOf(path, known, { [name]: 'HERE' }).replace('HERE', text)
  const queries = parameters.filter(({ in: place }) => place === 'query')
  for (const { name, in: place, schema } of parameters) {
    if (place === 'path') {
      for (const text of ['%ff', '%00', 'x%20y', '%2F', '9'.repeat(400), '%F0%9F%92%A5'])
        yield { ...right, label: `${name} is ${text.slice(0, 9)}`, path: raw(name, text) }
      // Who is not in a room is out of it, whoever that is.
      const unknown = name === 'user' && method === 'delete' ? [] : ['1.5', '2147483646', randomUUID()]
      for (const text of unknown) yield { ...right, label: `${name} is unknown`, path: raw(name, text) }
    }
    if (place !== 'query') continue
    const others = new URLSearchParams(question)
    others.delete(name)
    const rest = others.size === 0 ? '' : `&${others}`
    const usual = encodeURIComponent(TEXTS[name] ?? '1')
    for (const text of wrongTexts(schema))
      yield {
        ...right,
        label: `${name} is ${text.slice(0, 9)}`,
        path: `${address}?${name}=${encodeURIComponent(text)}${rest}`,
        status: 400,
      }
    yield {
      ...right,
      label: `${name} twice`,
      path: `${address}?${name}=${usual}&${name}=${usual}${rest}`,
      status: 400,
    }
  }
  if (queries.length > 0 && path !== '/graphql')
    yield {
      ...right,
      label: 'unknown parameter',
      path: `${address}?nonsense=1${question ? `&${question}` : ''}`,
      status: 400,
    }
  for (const { name } of queries.filter(({ required }) => required))
    yield { ...right, label: `without ${name}`, path: address, status: 400 }
}

function* wrongPeople(
  method: string,
  { security, 'x-permission': permission }: Operation,
  right: Wrong,
  { tokens }: Known,
): Generator<Wrong> {
  const { Authorization: _left, ...nobody } = right.headers ?? {}
  const mayBeGuest = security === undefined || security.some((way) => Object.keys(way).length === 0)
  if (!mayBeGuest) {
    yield { ...right, label: 'no token', headers: nobody, status: 401 }
    for (const field of ['Bearer abc.def.ghi', 'Bearer', 'Basic YTpi', `Bearer ${tokens.ada}x`])
      yield { ...right, label: field.slice(0, 9), headers: { ...nobody, Authorization: field }, status: 401 }
  }
  if (permission !== undefined)
    yield { ...right, label: 'wrong role', headers: { ...nobody, ...bearer(tokens.ada) }, status: 403 }
  if (method !== 'get') {
    const headers = { ...nobody, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
    yield { ...right, label: 'from another site', headers, status: 403 }
  }
}

function* wrongBodies(
  method: string,
  { operationId, requestBody }: Operation,
  { ids, deref }: Known,
): Generator<Omit<Wrong, 'path'>> {
  if (requestBody === undefined) {
    // What reads nothing is not written by somebody who says something.
    if (method === 'get') return
    const headers = { 'Content-Type': 'application/json' }
    for (const body of ['{}', '{"x":1}', '{', '\u0000', 'x'.repeat(70_000)])
      yield { label: `a body ${body.slice(0, 9)}`, headers, body, status: 400 }
    return
  }
  const [[type = '', { schema }] = ['', { schema: {} }]] = Object.entries(requestBody.content)
  const headers = { 'Content-Type': type }
  for (const other of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'garbage'])
    yield { label: other, headers: { 'Content-Type': other }, body: 'a=1', status: 415 }
  if (type === 'multipart/form-data') {
    yield { label: 'usual', ...form(file(png())) }
    yield { label: 'JSON', headers: { 'Content-Type': 'application/json' }, body: '{}', status: 415 }
    yield { label: 'no boundary', headers, body: 'x', status: 400 }
    yield { label: 'no form', headers: { 'Content-Type': `${type}; boundary=x` }, body: 'x', status: 400 }
    yield {
      label: 'nothing in it',
      headers: { 'Content-Type': `${type}; boundary=x` },
      body: '--x--\r\n',
      status: 400,
    }
    return
  }
  const text = JSON.stringify
  yield { label: 'a charset', headers: { 'Content-Type': `${type}; charset=nope` }, body: '{}', status: 415 }
  yield { label: 'a coding', headers: { ...headers, 'Content-Encoding': 'nope' }, body: '{}', status: 415 }
  yield { label: 'no gzip', headers: { ...headers, 'Content-Encoding': 'gzip' }, body: 'nogzip', status: 400 }
  yield { label: 'too large', headers, body: text({ a: 'x'.repeat(70_000) }), status: 413 }
  for (const body of ['{', '{"a":', "{'a':1}", '\u0000', '['.repeat(20_000), 'nonsense'])
    yield { label: body.slice(0, 9), headers, body, status: 400 }
  for (const body of ['null', '1', '"x"', '[]', 'true']) yield { label: body, headers, body }
  const { examples } = deref(schema)
  const whole = (Array.isArray(examples) ? examples : []).map((one) => ({
    ...one,
    ...OWN[operationId]?.(ids),
  }))
  if (whole[0] !== undefined) yield { label: 'usual', headers, body: text(whole[0]) }
  const seen = new Set<string>()
  for (const value of whole.length === 0 ? [{}] : whole) {
    for (const wrong of spoiled(schema, value, deref)) {
      const body = text(wrong)
      if (seen.has(body) || body.length > 60_000) continue
      seen.add(body)
      yield { label: body.slice(0, 60), headers, body }
    }
  }
  if (deref(schema).additionalProperties === false)
    yield { label: 'prototype', headers, body: '{"__proto__":{"x":1}}' }
}

/** What an example can not know. */
const OWN: Readonly<Record<string, (ids: Readonly<Record<string, string>>) => object>> = {
  transferV1: (ids) => ({ from: ids['accounts id'], to: ids.other }),
  transferV2: (ids) => ({ from: ids['accounts id'], to: ids.other }),
}

/** Things of each kind, by the parameters of paths in which they stand. */
async function goods(
  { ask, cradle }: TestShop,
  tokens: { readonly ada: string; readonly admin: string },
): Promise<Readonly<Record<string, string>>> {
  const [ada, admin] = [bearer(tokens.ada), bearer(tokens.admin)]
  const made = async (
    path: string,
    headers: Record<string, string>,
    json: object,
  ): Promise<Answer['json']> => {
    const answer = await ask(`/api/v1${path}`, { method: 'POST', headers: keyed(headers), json })
    assert.ok(answer.status === 201, `${path}: ${answer.text}`)
    return answer.json
  }
  const { json: me } = await ask('/api/v1/users/me', { headers: ada })
  const { json: boss } = await ask('/api/v1/users/me', { headers: admin })
  const { json: list } = await ask('/api/v1/products?inStock=true&limit=1')
  const product = String(list.items[0].id)
  const lines = [{ productId: list.items[0].id, quantity: 1 }]
  const order = await made('/orders', ada, { lines, shipTo: { country: 'NL', postalCode: '1012 AB' } })
  const account = await made('/accounts', ada, { name: 'Savings', currency: 'EUR' })
  const other = await made('/accounts', ada, { name: 'Travel', currency: 'EUR' })
  const amount = { amount: 1000, currency: 'EUR' }
  await made(`/accounts/${account.id}/deposits`, admin, { amount })
  const transfer = await made('/transfers', ada, {
    from: account.id,
    to: other.id,
    amount: { ...amount, amount: 1 },
  })
  const room = await made('/chat/rooms', ada, { title: 'Tea', members: [boss.id] })
  const sent = form(file(png()))
  const pictures = await ask(`/api/v1/products/${product}/images`, {
    method: 'POST',
    headers: { ...admin, ...sent.headers },
    body: sent.body,
  })
  const notice = { userId: me.id, eventId: NOBODY, title: 'It is confirmed', data: { orderId: '1' } }
  await cradle.notifications.notify({ ...notice, kind: 'order-confirmed' })
  const { json: notices } = await ask('/api/v1/notifications', { headers: ada })
  return {
    'products id': product,
    'users id': me.id,
    'orders id': order.id,
    'accounts id': account.id,
    'transfers id': transfer.id,
    'notifications id': notices.items[0].id,
    image: pictures.json.items[0].id,
    product,
    productId: product,
    room: room.id,
    user: boss.id,
    other: other.id,
  }
}
