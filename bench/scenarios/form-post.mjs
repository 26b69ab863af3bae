import { FORM_TEXT, FORM_VALUE } from '../workload/form.mjs'
import { json } from './expected.mjs'

export default [
  {
    name: 'form-post',
    title: 'Urlencoded form, extended',
    note: 'Eleven fields, nested. Fastify, Hono, Koa and node:http parse it with qs.',
    application: 'formBody',
    requests: [
      {
        method: 'POST',
        path: '/',
        fields: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: FORM_TEXT,
        expect: json(FORM_VALUE),
      },
    ],
    absent: { 'fastify-schema': 'it parses as without', 'node-net': 'it reads no request' },
  },
]
