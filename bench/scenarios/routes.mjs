import { json, notFound } from './expected.mjs'

const COUNTS = [1000, 10_000]
const TITLES = { first: 'the first', last: 'the last', missing: 'one that is missing' }

export default COUNTS.flatMap((routes) => [
  scenarioOf(routes, 'first', 0),
  scenarioOf(routes, 'last', routes - 1),
  scenarioOf(routes, 'missing', routes),
])

function scenarioOf(routes, which, index) {
  const path = `/resource${index}/7`
  return {
    name: `routes-${routes}-${which}`,
    title: `${routes.toLocaleString('en')} routes: ${TITLES[which]}`,
    note: which === 'missing' ? 'Fastify, Hono and Koa send the page that Express makes.' : undefined,
    application: 'routes',
    options: { routes },
    requests: [
      { method: 'GET', path, expect: which === 'missing' ? notFound('GET', path) : json({ id: '7' }) },
    ],
    absent: { 'node-http': 'it has no router', 'node-net': 'it reads no request' },
  }
}
