import { isDeepStrictEqual } from 'node:util'
import { createError } from '../../errors/catalogue.js'
import type { InjectedAnswer, InjectOptions } from '../../types/in-process.js'

/** What an answer is expected to be; gives what is wrong, or null. */
type Expectation = (answer: InjectedAnswer) => string | null | Promise<string | null>

/**
 * A request that is being put together: it is sent when it is awaited, and not before.
 *
 * @example
 * const answer = await app.inject().post('/users').query({ dry: 1 }).body({ name: 'Ada' }).expect(201)
 */
export class Injection implements Promise<InjectedAnswer> {
  readonly #send: (options: InjectOptions) => Promise<InjectedAnswer>
  readonly #options: InjectOptions
  readonly #expectations: Expectation[] = []
  #answer: Promise<InjectedAnswer> | null = null

  constructor(
    send: (options: InjectOptions) => Promise<InjectedAnswer>,
    options: InjectOptions | string | URL = {},
  ) {
    this.#send = send
    this.#options = typeof options === 'string' || options instanceof URL ? { url: options } : { ...options }
  }

  get(url: string | URL): this {
    return this.#with({ method: 'GET', url })
  }

  head(url: string | URL): this {
    return this.#with({ method: 'HEAD', url })
  }

  post(url: string | URL): this {
    return this.#with({ method: 'POST', url })
  }

  put(url: string | URL): this {
    return this.#with({ method: 'PUT', url })
  }

  patch(url: string | URL): this {
    return this.#with({ method: 'PATCH', url })
  }

  delete(url: string | URL): this {
    return this.#with({ method: 'DELETE', url })
  }

  options(url: string | URL): this {
    return this.#with({ method: 'OPTIONS', url })
  }

  query(query: NonNullable<InjectOptions['query']>): this {
    return this.#with({ query })
  }

  /** In place of the fields that were given before. */
  headers(headers: NonNullable<InjectOptions['headers']>): this {
    return this.#with({ headers })
  }

  /** One more field. */
  set(name: string, value: string): this {
    const { headers = {} } = this.#options
    const entries = Symbol.iterator in headers ? [...headers] : Object.entries(headers)
    const others = (entries as [string, string][]).filter(([one]) => one.toLowerCase() !== name.toLowerCase())
    return this.#with({ headers: [...others, [name, value]] })
  }

  cookies(cookies: Record<string, string>): this {
    return this.#with({ cookies })
  }

  body(body: unknown): this {
    return this.#with({ body })
  }

  /**
   * What the answer must be: a status; a field and its value or a pattern of it; a body, as text, a pattern, or a JSON
   * value; or a function that throws, or rejects. All that is wrong is said in one NOZOMI_INJECT_EXPECTATION.
   */
  expect(status: number): this
  expect(field: string, value: string | RegExp | number): this
  expect(body: string | RegExp | object): this
  expect(check: (answer: InjectedAnswer) => void | Promise<void>): this
  expect(first: unknown, value?: string | RegExp | number): this {
    this.#expectations.push(expectationOf(first, value))
    return this
  }

  // oxlint-disable-next-line unicorn/no-thenable -- it is awaited, as a request of supertest is
  then<Value = InjectedAnswer, Failure = never>(
    onAnswer?: ((answer: InjectedAnswer) => Value | PromiseLike<Value>) | null,
    onFailure?: ((error: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Value | Failure> {
    this.#answer ??= this.#sendAndCheck()
    return this.#answer.then(onAnswer, onFailure)
  }

  catch<Failure = never>(
    onFailure?: ((error: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<InjectedAnswer | Failure> {
    return this.then(undefined, onFailure)
  }

  finally(onSettled?: (() => void) | null): Promise<InjectedAnswer> {
    return this.then(undefined, undefined).finally(onSettled)
  }

  get [Symbol.toStringTag](): string {
    return 'Injection'
  }

  #with(options: InjectOptions): this {
    if (this.#answer !== null) throw createError('NOZOMI_INJECT_SENT', [])
    Object.assign(this.#options, options)
    return this
  }

  async #sendAndCheck(): Promise<InjectedAnswer> {
    const answer = await this.#send(this.#options)
    const wrong: string[] = []
    for (const expectation of this.#expectations) {
      const fault = await expectation(answer)
      if (fault !== null) wrong.push(fault)
    }
    if (wrong.length > 0)
      throw createError('NOZOMI_INJECT_EXPECTATION', [wrong.join('; '), answer.status, answer.text()])
    return answer
  }
}

function expectationOf(first: unknown, value: string | RegExp | number | undefined): Expectation {
  if (typeof first === 'number') {
    return ({ status }) => (status === first ? null : `the status is ${status}, and not ${first}`)
  }
  if (typeof first === 'function') {
    return async (answer) => {
      await (first as (answer: InjectedAnswer) => unknown)(answer)
      return null
    }
  }
  if (value !== undefined)
    return (answer) => faultOf(`the field ${String(first)}`, answer.get(first as string), value)
  if (typeof first === 'string' || first instanceof RegExp)
    return (answer) => faultOf('the body', answer.text(), first)
  return (answer) => {
    const body: unknown = answer.json()
    return isDeepStrictEqual(body, first)
      ? null
      : `the body is ${JSON.stringify(body)}, and not ${JSON.stringify(first)}`
  }
}

function faultOf(what: string, found: unknown, expected: string | RegExp | number): string | null {
  if (found === undefined) return `${what} is missing`
  const text = String(found)
  const isRight = expected instanceof RegExp ? expected.test(text) : text === String(expected)
  return isRight ? null : `${what} is ${JSON.stringify(text)}, and not ${String(expected)}`
}
