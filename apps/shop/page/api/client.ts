import { type Answer, type Client, type ClientOptions, createClient } from '@nozomi/schema/client'
import { ApiError } from './api-error.js'
import type { components, paths } from './paths.js'

/** What has a name in the OpenAPI document: `Schemas['Order']`. */
export type Schemas = components['schemas']

/** What an operation answers when all is well: `Received<'/v1/orders', 'get'>`. */
export type Received<
  Path extends keyof paths,
  Method extends keyof paths[Path],
> = paths[Path][Method] extends {
  readonly responses: infer Responses
}
  ? { [Status in keyof Responses]: BodyOf<Responses[Status]> }[keyof Responses]
  : never

type BodyOf<Response> = Response extends { readonly content: { readonly 'application/json': infer Body } }
  ? Body
  : never

/** A client of the shop's API, typed by its OpenAPI document. */
export function createShopClient(options: Pick<ClientOptions, 'fetch'> = {}): Client<paths> {
  return createClient<paths>({ ...options, baseUrl: '/api', headers: { Accept: 'application/json' } })
}

/** Asks as nobody in particular. */
export const asNobody = createShopClient()

/** The answer of a request, when it is a success. Throws an ApiError, or what `fetch` throws. */
export async function success<A extends Answer>(asked: Promise<A>): Promise<Extract<A, { ok: true }>> {
  const answer = await asked
  if (isSuccess(answer)) return answer
  throw new ApiError(answer.status, answer.data)
}

function isSuccess<A extends Answer>(answer: A): answer is Extract<A, { ok: true }> {
  return answer.ok
}
