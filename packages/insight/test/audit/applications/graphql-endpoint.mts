import cors from 'cors'
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { createHandler } from 'graphql-http/lib/use/express'
import helmet from 'helmet'
import type { Framework } from './framework.mjs'

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { hello: { type: GraphQLString, resolve: () => 'world' } },
  }),
})

/** One endpoint for all, its documentation beside it, in development with a page to try it on. */
export function createGraphqlEndpoint(express: Framework) {
  const app = express()
  app.disable('x-powered-by')
  app.get('/graphql', (req, res, next) => {
    if (req.query['query'] !== undefined || !req.accepts('html')) return next()
    res.type('html').send('<!doctype html><title>Try it</title>')
  })
  app.use(helmet())
  app.use(
    '/graphql',
    cors<import('nozomi').Request>({
      origin: (origin, done) => done(null, isOurs(origin)),
      credentials: true,
    }),
    express.json({ limit: '256kb' }),
    requireSmallQuery,
  )
  app.all('/graphql', createHandler({ schema }))
  app.get('/schema', (_req, res) => {
    res.type('txt').send('type Query { hello: String }')
  })
  return app
}

function isOurs(origin: string | undefined): boolean {
  return origin === undefined || new URL(origin).hostname.endsWith('.example.com')
}

const requireSmallQuery: import('nozomi').RequestHandler = (req, res, next) => {
  const { query } = (req.body ?? {}) as { query?: unknown }
  if (typeof query === 'string' && query.length > 10_000)
    res.status(413).json({ errors: [{ message: 'too long' }] })
  else next()
}
