import { orderOf, receiptOf } from '../workload/documents.mjs'
import { json } from './expected.mjs'

const SIZES = [
  ['110', '110 B', 110],
  ['10k', '10 KB', 10 * 1024],
  ['1m', '1 MB', 1024 * 1024],
]

export default SIZES.map(([name, size, bytes]) => {
  const order = orderOf(bytes)
  return {
    name: `json-post-${name}`,
    title: `JSON POST of ${size}`,
    note: 'With schema, Fastify also validates the body. Hono has no limit for the size of a body, unless told.',
    application: 'jsonBody',
    options: { limitBytes: 2 * 1024 * 1024 },
    requests: [
      {
        method: 'POST',
        path: '/',
        fields: { 'Content-Type': 'application/json' },
        body: order,
        expect: json(receiptOf(JSON.parse(order))),
      },
    ],
    absent: { 'node-net': 'it reads no request' },
  }
})
