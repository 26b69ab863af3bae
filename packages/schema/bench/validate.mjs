/*
 * What `validate()` costs beside the schema library alone: `node bench/validate.mjs`. A request with a body of 8 fields, 2 params
 * and 3 fields of query, coerced where texts come. Rounds of all contestants are interleaved; medians are of one run.
 *
 * The library alone gets values that are right already: what makes numbers of texts is part of what is measured. `with coercion by the
 * library` is what a route without validate() would have: schemas that coerce.
 */
import { createRequire } from 'node:module'
import { z } from 'zod'

const require = createRequire(import.meta.url)
const { jsonSchema, validate } = require('../dist/index.js')
const { Ajv2020 } = require('ajv/dist/2020.js')

const ROUNDS = 41
const CALLS = 20_000

function makeRequest() {
  return {
    headers: { host: 'localhost', 'content-type': 'application/json', 'content-length': '180' },
    params: { id: '42', item: '7' },
    query: { page: '3', size: '20', sort: 'name' },
    body: {
      name: 'A kettle',
      sku: 'KET-001',
      price: 2990,
      stock: 12,
      isActive: true,
      description: 'Boils a litre of water in two minutes',
      category: 'kitchen',
      rating: 4.5,
    },
  }
}

const body = {
  name: z.string().min(1).max(100),
  sku: z.string(),
  price: z.number().int().min(0),
  stock: z.number().int().min(0),
  isActive: z.boolean(),
  description: z.string().max(1000),
  category: z.enum(['kitchen', 'garden', 'office']),
  rating: z.number().min(0).max(5),
}
const zod = {
  params: z.object({ id: z.number(), item: z.number() }),
  query: z.object({ page: z.number().min(1), size: z.number().max(100), sort: z.string() }),
  body: z.object(body),
}
const zodCoercing = {
  ...zod,
  params: z.object({ id: z.coerce.number(), item: z.coerce.number() }),
  query: z.object({ page: z.coerce.number().min(1), size: z.coerce.number().max(100), sort: z.string() }),
}
const described = Object.fromEntries(
  Object.entries(zod).map(([part, schema]) => [part, z.toJSONSchema(schema, { io: 'input' })]),
)
const ajv = new Ajv2020({ allErrors: true, strict: false })
const compiled = Object.fromEntries(
  Object.entries(described).map(([part, schema]) => [part, ajv.compile(schema)]),
)
const ajvContract = Object.fromEntries(
  Object.entries(described).map(([part, schema]) => [part, jsonSchema(schema)]),
)

const next = (error) => {
  if (error !== undefined) throw error
}
const res = {}
const typed = { params: { id: 42, item: 7 }, query: { page: 3, size: 20, sort: 'name' } }

const contestants = {
  'a request made, and nothing else': () => makeRequest().body.price,
  'zod alone': () => {
    const req = makeRequest()
    zod.params.safeParse(typed.params)
    zod.query.safeParse(typed.query)
    return zod.body.safeParse(req.body).data.price
  },
  'zod alone, coercing': () => {
    const req = makeRequest()
    zodCoercing.params.safeParse(req.params)
    zodCoercing.query.safeParse(req.query)
    return zodCoercing.body.safeParse(req.body).data.price
  },
  'validate() with zod': middleware(validate(zod)),
  'ajv alone': () => {
    const req = makeRequest()
    compiled.params(typed.params)
    compiled.query(typed.query)
    return compiled.body(req.body) ? req.body.price : null
  },
  'validate() with ajv': middleware(validate(ajvContract)),
}

function middleware(validator) {
  return () => {
    const req = makeRequest()
    validator(req, res, next)
    return req.body.price
  }
}

const names = Object.keys(contestants)
for (const name of names) {
  const answer = contestants[name]()
  if (answer !== 2990) throw new Error(`${name}: ${answer}`)
}
const times = Object.fromEntries(names.map((name) => [name, []]))
for (let round = 0; round < ROUNDS; round++) {
  for (const name of names) times[name].push(measure(contestants[name]))
}
const medians = Object.fromEntries(names.map((name) => [name, median(times[name])]))
for (const name of names) console.log(`${name.padEnd(34)} ${medians[name].toFixed(3)} µs`)
for (const [library, alone] of [
  ['zod', 'zod alone'],
  ['zod', 'zod alone, coercing'],
  ['ajv', 'ajv alone'],
]) {
  const added = medians[`validate() with ${library}`] - medians[alone]
  console.log(`validate() with ${library} adds ${added.toFixed(3)} µs to "${alone}"`)
}

function measure(run) {
  // CPU time, of this thread for the most part: other programs of the machine don't count.
  const start = process.cpuUsage()
  let sum = 0
  for (let call = 0; call < CALLS; call++) sum += run()
  const { user, system } = process.cpuUsage(start)
  const elapsed = (user + system) / CALLS
  if (sum === 0) throw new Error('nothing was done')
  return elapsed
}

function median(values) {
  return values.toSorted((one, other) => one - other)[values.length >> 1]
}
