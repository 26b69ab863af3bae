import { json } from './expected.mjs'

export default [
  {
    name: 'idle-connections',
    title: 'Memory of an idle keep-alive connection',
    note:
      '10,000 connections (1,000 in a quick run), each of which has had one answer. Resident memory after a garbage ' +
      'collection, with them and without, divided by their number; the same for the JavaScript heap and what it holds.',
    measure: 'idle',
    application: 'hello',
    requests: [{ method: 'GET', path: '/', expect: json({ hello: 'world' }) }],
    absent: { 'fastify-schema': 'it makes no difference to connections' },
  },
]
