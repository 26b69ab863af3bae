import { json } from './expected.mjs'

const MIDDLEWARE = 90

export default [
  {
    name: 'middleware-90',
    title: '90 middleware',
    note: 'Hooks in Fastify.',
    application: 'middleware',
    options: { middleware: MIDDLEWARE },
    requests: [{ method: 'GET', path: '/', expect: json({ passed: MIDDLEWARE }) }],
    absent: { 'node-http': 'it has no middleware', 'node-net': 'it reads no request' },
  },
]
