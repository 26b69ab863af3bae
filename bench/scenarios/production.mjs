import { json } from './expected.mjs'

export default [
  {
    name: 'production',
    title: 'Production stack',
    note:
      'helmet, cors, compression, cookie-parser, express-session in memory, morgan to a null stream; a visitor who ' +
      'has logged in. The answer is too small to be compressed. Fastify and Koa use the packages of their own that ' +
      'do the same; node:http runs those of Express, one after the other.',
    application: 'production',
    requests: [
      {
        method: 'GET',
        path: '/',
        fields: { 'Accept-Encoding': 'gzip', Origin: 'http://shop.example', 'User-Agent': 'bench' },
        expect: {
          ...json({ user: 'ada', theme: 'dark' }),
          fields: {
            'content-type': /^application\/json\b/,
            'content-security-policy': /default-src 'self'/,
            'strict-transport-security': /max-age=/,
            'access-control-allow-origin': /^(\*|http:\/\/shop\.example)$/,
            'set-cookie': undefined,
          },
        },
      },
    ],
    /** Logs in, and keeps the cookies. */
    async prepare(send) {
      const { fields } = await send({ method: 'GET', path: '/login' })
      return { Cookie: fields['set-cookie'].map((cookie) => cookie.split(';')[0]).join('; ') }
    },
    absent: {
      'fastify-schema': 'it makes no difference to the plugins',
      hono: 'it has no sessions of its own',
      'node-net': 'it reads no request',
    },
  },
]
