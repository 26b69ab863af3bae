import { json } from './expected.mjs'

export default [
  {
    name: 'mounted-3',
    title: 'Three levels of mounted routers',
    note: 'A parameter on each level. Fastify and Hono know no mounting: their prefixes are joined when the application starts.',
    application: 'mounted',
    requests: [
      {
        method: 'GET',
        path: '/accounts/12/projects/34/tasks/56',
        expect: json({ account: '12', project: '34', task: '56' }),
      },
    ],
    absent: { 'node-http': 'it has no router', 'node-net': 'it reads no request' },
  },
]
