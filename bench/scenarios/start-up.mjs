import { json, notFound } from './expected.mjs'

const COUNTS = [0, 100, 10_000]

export default COUNTS.map((routes) => ({
  name: `start-up-${routes}`,
  title: `Start-up with ${routes.toLocaleString('en')} routes`,
  note:
    'From the start of the process to its listening, and to the answer of the last route; resident memory after it.' +
    (routes === 0 ? ' Without a route, the answer is 404.' : ''),
  measure: 'start-up',
  application: 'routes',
  options: { routes },
  requests: [
    routes === 0
      ? { method: 'GET', path: '/missing', expect: notFound('GET', '/missing') }
      : { method: 'GET', path: `/resource${routes - 1}/7`, expect: json({ id: '7' }) },
  ],
  absent: {
    'node-net': 'it reads no request',
    ...(routes === 0 ? {} : { 'node-http': 'it has no router' }),
  },
}))
