import { orderOf, receiptOf } from '../workload/documents.mjs'
import { json } from './expected.mjs'

const MIDDLEWARE = 8
const ROUTERS = 40
const ORDER = orderOf(110)

const common = {
  application: 'api',
  options: { middleware: MIDDLEWARE, routers: ROUTERS },
  absent: { 'node-http': 'it has no router', 'node-net': 'it reads no request' },
}

// Every router gets its turn, so that a walk through them is half as long as the longest.
const routers = Array.from({ length: ROUTERS }, (_, index) => index)

export default [
  {
    ...common,
    name: 'api-get',
    title: '8 middleware, 200 routes: a parameter and a query',
    note: 'The routes are in 40 routers; the requests go to all of them in turn.',
    requests: routers.map((index) => ({
      method: 'GET',
      path: `/resource${index}/${index}7?page=2&sort=name`,
      expect: json({ id: `${index}7`, page: '2', passed: MIDDLEWARE }),
    })),
  },
  {
    ...common,
    name: 'api-post',
    title: '8 middleware, 200 routes: a JSON POST of 110 B',
    note: 'The routes are in 40 routers; the requests go to all of them in turn. With schema, Fastify also validates the body.',
    requests: routers.map((index) => ({
      method: 'POST',
      path: `/resource${index}`,
      fields: { 'Content-Type': 'application/json' },
      body: ORDER,
      expect: json({ ...receiptOf(JSON.parse(ORDER)), passed: MIDDLEWARE }),
    })),
  },
]
