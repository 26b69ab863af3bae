import { text } from './expected.mjs'

export default [
  {
    name: 'text',
    title: 'Text',
    application: 'text',
    requests: [{ method: 'GET', path: '/', expect: text('Hello, world!', 'text/plain') }],
    fieldsOfExpress: ['nozomi', 'nozomi-turbo', 'node-http', 'node-net'],
    absent: { 'fastify-schema': 'it makes no difference to text' },
  },
]
