/**
 * What it costs to write an answer, and nothing but what its schema declares: `node packages/schema/bench/answers.mjs`.
 *
 *     --node 20,24,26    on these versions, taken from npm where they are missing
 *     --node-bin PATHS   on these binaries
 *     --rounds 9         more of them
 *     --values hello     those values alone
 *
 * A fresh process for each contestant, value and round, in turn; medians, and what they are of `JSON.stringify` alone, which writes
 * all that the handler gave. The answer of each contestant is compared before it is timed, and its length in bytes is asked, as
 * `res.send()` does: a text that was put together is not whole before that.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { chooseNodes } from '../../../bench/harness/nodes.mjs'
import { countOf } from '../../../bench/harness/options.mjs'
import { pinned, SERVER_CORE } from '../../../bench/harness/pinning.mjs'
import { median, spread } from '../../../bench/harness/statistics.mjs'
import { markdownTable } from '../../../bench/report/tables.mjs'
import { catalogue } from '../../../bench/workload/catalogue.mjs'
import { readArguments } from '../../../scripts/arguments.mjs'
import { compilePick } from '../dist/answers/written/compile-pick.js'
import { pickByWalk } from '../dist/answers/written/pick-by-walk.js'
import { readShape } from '../dist/answers/written/read-shape.js'
import { jsonSchemaOf } from '../dist/schemas/json-schema-of.js'
import { compileText } from './compile-text.mjs'

const WARM_UP_MS = 250
const MEASURED_MS = 250

const Line = z.object({ product: z.int(), name: z.string(), quantity: z.int(), price: z.number() })
const User = z.object({
  id: z.int(),
  name: z.string(),
  email: z.string(),
  role: z.enum(['customer', 'clerk', 'admin']),
  isActive: z.boolean(),
  createdAt: z.string(),
  nickname: z.string().optional(),
})
const Product = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  price: z.number(),
  stock: z.int(),
  tags: z.array(z.string()),
})

const VALUES = {
  hello: { schema: z.object({ hello: z.string() }), value: { hello: 'world' } },
  user: {
    schema: User,
    value: {
      id: 7,
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      role: 'customer',
      isActive: true,
      createdAt: '2026-01-31T12:00:00.000Z',
    },
  },
  order: {
    schema: z.object({
      id: z.int(),
      customer: User,
      lines: z.array(Line),
      total: z.number(),
      note: z.string(),
    }),
    value: {
      id: 4711,
      customer: {
        id: 7,
        name: 'Ada Lovelace',
        email: 'ada@example.com',
        role: 'customer',
        isActive: true,
        createdAt: '2026-01-31T12:00:00.000Z',
      },
      lines: Array.from({ length: 10 }, (_, at) => ({
        product: at,
        name: `Product ${at}`,
        quantity: 1 + (at % 3),
        price: at * 1.25,
      })),
      total: 93.75,
      note: 'Please ring twice, and leave it with the neighbour if nobody opens.',
    },
  },
  'list of 100 KB': { schema: z.object({ products: z.array(Product) }), value: catalogue },
}

const CONTESTANTS = {
  'JSON.stringify': () => (value) => JSON.stringify(value),
  'the schema': (schema) => (value) => JSON.stringify(schema.parse(value)),
  pick: (schema) => {
    const pick = compilePick(shapeOf(schema))
    return (value) => JSON.stringify(pick(value))
  },
  'pick by steps': (schema) => {
    const shape = shapeOf(schema)
    return (value) => JSON.stringify(pickByWalk(shape, value))
  },
  text: (schema) => compileText(shapeOf(schema)),
  'fast-json-stringify': (schema) => {
    const require = createRequire(new URL('../../../bench/package.json', import.meta.url))
    const { $schema: _, ...jsonSchema } = z.toJSONSchema(schema)
    return require('fast-json-stringify')(jsonSchema)
  },
}

function shapeOf(schema) {
  return readShape(jsonSchemaOf(schema, 'output')).shape
}

const { values: options } = readArguments(import.meta.url, {
  options: {
    node: { type: 'string' },
    'node-bin': { type: 'string' },
    rounds: { type: 'string' },
    values: { type: 'string' },
    contestants: { type: 'string' },
    measure: { type: 'string', multiple: true },
  },
})
if (options.measure === undefined) compareAll()
else process.stdout.write(`${measure(options.measure[0], options.measure[1])}\n`)

/** Nanoseconds of CPU, of all threads, for one answer. */
function measure(contestant, name) {
  const { schema, value } = VALUES[name]
  const write = CONTESTANTS[contestant](schema)
  if (write(value) !== JSON.stringify(value)) throw new Error(`${contestant} writes ${name} in another way`)
  run(write, value, WARM_UP_MS)
  return run(write, value, MEASURED_MS)
}

function run(write, value, milliseconds) {
  const batch = Math.max(1, Math.round(200_000 / JSON.stringify(value).length))
  let bytes = 0
  let count = 0
  const before = process.cpuUsage()
  let spent = 0
  while (spent < milliseconds * 1000) {
    for (let at = 0; at < batch; at++) bytes += Buffer.byteLength(write(value))
    count += batch
    const { user, system } = process.cpuUsage(before)
    spent = user + system
  }
  if (bytes === 0) throw new Error('nothing was written')
  return (spent * 1000) / count
}

function compareAll() {
  const rounds = countOf('rounds', options.rounds, 5)
  const names = Object.keys(VALUES).filter((name) => name.includes(options.values ?? ''))
  const contestants = options.contestants?.split(',') ?? Object.keys(CONTESTANTS)
  for (const node of chooseNodes(options.node, options['node-bin'])) {
    const rows = names.map((name) => {
      const times = contestants.map(() => [])
      for (let round = 0; round < rounds; round++) {
        for (const [at, contestant] of contestants.entries()) {
          times[at].push(inProcess(node.binary, contestant, name))
        }
      }
      const first = median(times[0])
      console.error(`Node ${node.version}, ${name}: ${times.map((one) => cellOf(one, first)).join(', ')}`)
      return [name, ...times.map((one) => cellOf(one, first))]
    })
    console.log(`\nNode ${node.version}, ${rounds} rounds: nanoseconds of CPU, medians (lowest to highest)\n`)
    console.log(markdownTable(['', ...contestants], rows))
  }
}

function inProcess(binary, contestant, name) {
  const self = fileURLToPath(import.meta.url)
  const [command, ...args] = pinned(SERVER_CORE, [binary, self, '--measure', contestant, '--measure', name])
  const { stdout, stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
  })
  if (status !== 0) throw new Error(`${contestant}, ${name}: ${stderr}`)
  return Number(stdout)
}

function cellOf(times, first) {
  const [lowest, highest] = spread(times).map(Math.round)
  const middle = median(times)
  return `${Math.round(middle)} (${lowest} to ${highest}), ${(middle / first).toFixed(2)} x`
}
