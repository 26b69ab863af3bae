/*
 * What `validate()` costs beside the schema library alone: `node bench/validate.mjs [literals|requests|lists]`. Three tables:
 *
 * - literals: a request that is an object literal, for each library. The library alone gets values that are right already: what makes
 *   numbers of texts is part of what is measured;
 * - requests: those of Nozomi and of Express, as their servers, routers and `json()` have left them; beside validate() a middleware that
 *   does the same by hand, with schemas of Zod that coerce;
 * - lists: a body of 1,000 objects, as Nozomi's `json()` has parsed it and, "of another parser", as it is where nobody has looked for
 *   keys that could change a prototype; and what becomes of keys that the schema does not name.
 *
 * All that one table has is of one run, in slices that take turns. Differences and ratios are meant to be read.
 */
import { createRequire } from 'node:module'
import { calls, measure } from './validate/measure.mjs'
import { BODY, LIBRARIES, zodCoercing } from './validate/libraries.mjs'
import { next, parkRequests } from './validate/parked-requests.mjs'

const require = createRequire(import.meta.url)
const { validate } = require('../dist/index.js')

const TABLES = { literals, requests, lists }
const asked = process.argv.slice(2)
for (const [name, table] of Object.entries(TABLES)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n${name}, Node ${process.version}`)
  await table()
}

function makeRequest() {
  return {
    headers: { host: 'localhost', 'content-type': 'application/json', 'content-length': '180' },
    params: { id: '42', item: '7' },
    query: { page: '3', size: '20', sort: 'name' },
    body: { ...BODY },
  }
}

async function literals() {
  const typed = { params: { id: 42, item: 7 }, query: { page: 3, size: 20, sort: 'name' } }
  const slices = { nothing: calls(() => makeRequest(), 2000) }
  for (const [library, { schemas, alone }] of Object.entries(LIBRARIES)) {
    const { list: _, ...contract } = schemas
    const validator = validate(contract)
    slices[`${library} alone`] = calls(() => {
      const req = makeRequest()
      const isRight = alone.params(typed.params) && alone.query(typed.query) && alone.body(req.body)
      if (!isRight) throw new Error(`${library} refuses`)
    }, 2000)
    slices[library] = calls(() => {
      const req = makeRequest()
      validator(req, {}, next)
      if (req.params.id !== 42 || req.valid.query.page !== 3) throw new Error(`${library}: not validated`)
    }, 2000)
  }
  const times = await measure(slices, 200)
  for (const library of Object.keys(LIBRARIES)) {
    // A request is made in both.
    report(library, times[`${library} alone`] - times.nothing, times[library] - times.nothing, 'µs')
  }
}

async function requests() {
  const { params, query, body } = LIBRARIES['Zod 4'].schemas
  const { params: p, query: q, body: b } = zodCoercing
  const byHand = {
    'params, query, body'(req, _res, then) {
      req.params = p.parse(req.params)
      req.parsedQuery = q.parse(req.query)
      req.body = b.parse(req.body)
      then()
    },
    params(req, _res, then) {
      req.params = p.parse(req.params)
      then()
    },
    query(req, _res, then) {
      req.parsedQuery = q.parse(req.query)
      then()
    },
    body(req, _res, then) {
      req.body = b.parse(req.body)
      then()
    },
  }
  const contracts = {
    'params, query, body': { params, query, body },
    params: { params },
    query: { query },
    body: { body },
  }
  for (const framework of ['nozomi', 'express']) {
    const parked = await parkRequests(require(framework), BODY, 100)
    const slices = {
      'req.query, read': parked.slice((req, _res, then) => void (req.query, then())),
    }
    for (const [parts, contract] of Object.entries(contracts)) {
      slices[`${parts} by hand`] = parked.slice(byHand[parts])
      slices[parts] = parked.slice(validate(contract))
    }
    const times = await measure(slices, 240)
    console.log(`${framework}: req.query, read once: ${times['req.query, read'].toFixed(2)} µs`)
    for (const parts of Object.keys(contracts)) {
      report(`${framework}, ${parts}`, times[`${parts} by hand`], times[parts], 'µs')
    }
    parked.close()
  }
}

/** 1,000 objects, each with these members too. */
function listOf(more) {
  const meta = { a: 'x', b: 2 }
  const list = Array.from({ length: 1000 }, () => {
    return { id: 1, name: 'kettle', price: 3, isActive: true, meta: { ...meta }, ...more }
  })
  return { list }
}

/** As `json()` of Nozomi parses it. */
async function parsed(value) {
  const nozomi = require('nozomi')
  const app = nozomi()
  let body
  app.post('/', nozomi.json({ limit: '1mb' }), (req, res) => {
    ;({ body } = req)
    res.end()
  })
  await app.inject({ method: 'POST', url: '/', body: value })
  return body
}

async function lists() {
  const known = listOf({})
  const more = listOf({ extra: 1 })
  const [knownParsed, moreParsed] = [await parsed(known), await parsed(more)]
  const headers = { 'content-type': 'application/json', 'content-length': '99999' }
  const behind = (schema, options, value) => {
    const validator = validate({ body: schema }, options)
    return calls(() => validator({ headers, body: value }, {}, next), 3)
  }
  const slices = {}
  for (const [library, { schemas, alone }] of Object.entries(LIBRARIES)) {
    slices[`${library} alone`] = calls(() => alone.list(knownParsed), 3)
    slices[library] = behind(schemas.list, {}, knownParsed)
    slices[`${library}, of another parser`] = behind(schemas.list, {}, known)
    for (const unknown of ['strip', 'refuse']) {
      slices[`${library}, unknown: '${unknown}'`] = behind(schemas.list, { unknown }, knownParsed)
    }
    if (library === 'Joi') continue
    slices[`${library} alone, a key more in each`] = calls(() => alone.list(moreParsed), 3)
    slices[`${library}, unknown: 'strip', a key more in each`] = behind(
      schemas.list,
      { unknown: 'strip' },
      moreParsed,
    )
  }
  const times = await measure(slices, 120)
  for (const name of Object.keys(slices)) {
    if (name.includes(' alone')) continue
    const [library] = name.split(/, (?:unknown|of)/)
    const end = name.endsWith(', a key more in each') ? ', a key more in each' : ''
    report(name, times[`${library} alone${end}`], times[name], 'µs')
  }
}

function report(name, alone, behind, unit) {
  const figures = [`alone ${alone.toFixed(2)} ${unit}`, `behind validate() ${behind.toFixed(2)} ${unit}`]
  const added = `added ${(behind - alone).toFixed(2)} ${unit}, ${(behind / alone).toFixed(2)} x`
  console.log(`${name.padEnd(52)} ${figures.join(', ')}, ${added}`)
}
