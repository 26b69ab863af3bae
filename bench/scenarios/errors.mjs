import { json, notFound } from './expected.mjs'

const ABSENT = {
  'fastify-schema': 'it makes no difference to errors',
  'node-net': 'it reads no request',
}

export default [
  failure('throw', 'A handler throws'),
  failure('reject', 'A handler rejects', { 'express-4': 'it does not wait for promises' }),
  {
    name: 'error-404',
    title: 'Nothing matches: 404',
    note: 'The final handler of Express; the others send the page that Express makes.',
    application: 'routes',
    options: { routes: 1 },
    requests: [{ method: 'GET', path: '/missing', expect: notFound('GET', '/missing') }],
    absent: ABSENT,
  },
]

function failure(name, title, absent = {}) {
  return {
    name: `error-${name}`,
    title: `${title}: 500`,
    note: "An error handler of the application's own answers.",
    application: 'errors',
    requests: [{ method: 'GET', path: `/${name}`, expect: json({ error: 'failed on purpose' }, 500) }],
    absent: { ...ABSENT, 'node-http': 'it has no error handling', ...absent },
  }
}
