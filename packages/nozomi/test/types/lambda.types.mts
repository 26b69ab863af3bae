// Handlers for AWS Lambda. Compiled only.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { expectTypeOf } from 'expect-type'
import nozomi, { type LambdaHandler, type LambdaInvocation, type LambdaOptions, lambda } from 'nozomi'

const app = nozomi()

expectTypeOf(nozomi.lambda).toEqualTypeOf(lambda)
expectTypeOf(lambda(app)).toEqualTypeOf<LambdaHandler>()
lambda(nozomi.Router(), {
  prefix: 'stage',
  binary: ['image/*'],
  streaming: true,
  timeoutMarginMs: 500,
})
lambda((req: IncomingMessage, res: ServerResponse) => void res.end(req.url), {
  prefix: '/v1',
  binary: (type, coding) => type === '' || coding === 'br',
})
// @ts-expect-error a prefix begins with a slash
lambda(app, { prefix: 'v1' })
// @ts-expect-error there is no such option
lambda(app, { stage: 'dev' })
// @ts-expect-error a server answers nothing by itself
lambda(createServer())

// It is what the types of AWS ask for.
interface Event {
  rawPath: string
}
interface Context {
  getRemainingTimeInMillis(): number
}
interface Result {
  statusCode: number
}
expectTypeOf<LambdaHandler>().toExtend<(event: Event, context: Context) => Promise<Result>>()

// Handlers find what AWS has given.
app.get('/', (req, res) => {
  expectTypeOf(req.lambda).toEqualTypeOf<LambdaInvocation | undefined>()
  res.json(req.lambda?.event.requestContext)
})

expectTypeOf<nozomi.LambdaOptions>().toEqualTypeOf<LambdaOptions>()
expectTypeOf<nozomi.LambdaInvocation>().toEqualTypeOf<LambdaInvocation>()
