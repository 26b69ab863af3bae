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
  {
    name: 'hello-pipelined',
    title: 'Hello JSON, 16 requests at once on a connection',
    note: 'A client that does not wait for answers: 16 requests in one packet, and their answers in order.',
    application: 'hello',
    requests: requests.map((request) => ({ ...request, pipelined: 16 })),
    fieldsOfExpress: ['nozomi', 'nozomi-turbo', 'node-http'],
    absent: { 'node-net': 'it answers each packet once' },
  },
]
