import { PAGE } from '../workload/page.mjs'
import { NOT_MODIFIED, revalidation, text } from './expected.mjs'

const common = {
  application: 'page',
  note: 'All contestants hash the 2 KB of the body: Fastify with @fastify/etag, Hono and Koa with their own middleware.',
  absent: { 'fastify-schema': 'it makes no difference to text', 'node-net': 'it reads no request' },
}

export default [
  {
    ...common,
    name: 'send-etag',
    title: 'res.send of 2 KB with an entity tag',
    requests: [
      {
        method: 'GET',
        path: '/',
        expect: { ...text(PAGE, 'text/html'), fields: { 'content-type': /^text\/html\b/, etag: /".+"/ } },
      },
    ],
  },
  {
    ...common,
    name: 'send-304',
    title: 'res.send of 2 KB that the client has: 304',
    requests: [{ method: 'GET', path: '/', expect: NOT_MODIFIED }],
    prepare: revalidation('/'),
  },
]
