import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from '@trpc/client'
import { initTRPC, TRPCError } from '@trpc/server'
import { type CreateExpressContextOptions, createExpressMiddleware } from '@trpc/server/adapters/express'
import express from 'express'
import { z } from 'zod'
import { serve } from './support/serve.cjs'

const createContext = ({ req, res }: CreateExpressContextOptions) => ({
  user: req.get('x-user'),
  ip: req.ip,
  res,
})
const trpc = initTRPC.context<typeof createContext>().create()

const appRouter = trpc.router({
  hello: trpc.procedure.input(z.string()).query(({ input, ctx }) => {
    ctx.res.set('x-procedure', 'hello')
    return `hello ${input} from ${ctx.ip}`
  }),
  secret: trpc.procedure.query(({ ctx }) => {
    if (!ctx.user) throw new TRPCError({ code: 'UNAUTHORIZED' })
    return `for ${ctx.user}`
  }),
  add: trpc.procedure
    .input(z.object({ items: z.array(z.string()) }))
    .mutation(({ input }) => input.items.length),
  count: trpc.procedure.query(async function* () {
    yield 1
    yield 2
  }),
})

async function site(t: TestContext, bodyParser: boolean) {
  const app = express()
  if (bodyParser) app.use(express.json())
  app.use('/trpc', createExpressMiddleware({ router: appRouter, createContext }))
  return `${await serve(t, app)}/trpc`
}

for (const bodyParser of [false, true]) {
  const where = bodyParser ? 'behind express.json' : 'reading the body itself'
  test(`the tRPC adapter, ${where}, answers queries, mutations and batches`, async (t) => {
    const url = await site(t, bodyParser)
    const client = createTRPCClient<typeof appRouter>({
      links: [httpBatchLink({ url, headers: { 'x-user': 'tobi' } })],
    })
    const [hello, secret] = await Promise.all([client.hello.query('world'), client.secret.query()])
    assert.equal(hello, 'hello world from 127.0.0.1')
    assert.equal(secret, 'for tobi')
    assert.equal(await client.add.mutate({ items: ['a', 'b'] }), 2)
  })
}

test("the tRPC adapter gives the procedure's fields and statuses to HTTP", async (t) => {
  const url = await site(t, false)
  const response = await fetch(`${url}/hello?input=%22http%22`)
  assert.equal(response.headers.get('x-procedure'), 'hello')
  assert.deepEqual(await response.json(), { result: { data: 'hello http from 127.0.0.1' } })
  const client = createTRPCClient<typeof appRouter>({ links: [httpLink({ url })] })
  await assert.rejects(client.secret.query(), (error: TRPCClientError<typeof appRouter>) => {
    assert.equal(error.data?.httpStatus, 401)
    return true
  })
  await assert.rejects(client.hello.query(7 as never), /expected string/)
  assert.equal((await fetch(`${url}/absent`)).status, 404)
})
