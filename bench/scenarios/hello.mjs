import { json } from './expected.mjs'

const requests = [{ method: 'GET', path: '/', expect: json({ hello: 'world' }) }]

export default [
  {
    name: 'hello-json',
    title: 'Hello JSON',
    note: 'Express and Nozomi send an entity tag; node:http and node:net send the same fields as constants.',
    application: 'hello',
    requests,
    fieldsOfExpress: ['nozomi', 'nozomi-turbo', 'node-http', 'node-net'],
  },
  {
    name: 'hello-create-server',
    title: 'Hello JSON, through http.createServer(app)',
    note: 'Each contestant is the listener of a server that somebody else made.',
    application: 'hello',
    options: { createServer: true },
    requests,
    fieldsOfExpress: ['nozomi', 'node-http'],
    absent: {
      'nozomi-turbo': 'the server is of node:http',
      'node-net': 'it is no listener of an HTTP server',
    },
  },
]
