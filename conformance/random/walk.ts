import { inspect } from 'node:util'
import type { ExpressFactory } from '../harness/subject.js'
import type { Handler, Layer, Path, Request, Tree } from './plans.js'

type Next = (error?: unknown) => void
type Seen = Record<string, unknown> & {
  url: string
  baseUrl?: string
  params?: unknown
  originalUrl?: string
}
type AnyHandler = (...args: never[]) => unknown

interface Router {
  (req: object, res: object, done: Next): void
  use(path: Path, ...handlers: unknown[]): unknown
  param(name: string, callback: AnyHandler): unknown
}

/** More steps than this are a loop that the plan made, by rewriting. */
const maxSteps = 200

/** Builds the tree and sends it one request, without a server; gives what its handlers saw, in their order. */
export function walk(express: ExpressFactory, tree: Tree, request: Request): Promise<string[]> {
  const trace: string[] = []
  return new Promise((resolve) => {
    const finish = (line: string) => {
      trace.push(line)
      resolve(trace)
    }
    const walker = new Walker(express, trace, finish)
    const router = walker.build(tree, 'r')
    const res = {
      setHeader: (name: string, value: unknown) => void trace.push(`setHeader ${name}: ${String(value)}`),
      end: (body: unknown) => finish(`end ${String(body)}`),
    }
    router({ method: request.method, url: request.url, headers: {} }, res, (error) =>
      finish(`done ${describeError(error)}`),
    )
  })
}

class Walker {
  readonly #express: ExpressFactory
  readonly #trace: string[]
  readonly #finish: (line: string) => void
  #steps = 0

  constructor(express: ExpressFactory, trace: string[], finish: (line: string) => void) {
    this.#express = express
    this.#trace = trace
    this.#finish = finish
  }

  build(tree: Tree, name: string): Router {
    const router = this.#express.Router(tree.options) as unknown as Router
    for (const param of tree.params) router.param(param, this.#paramCallback(name))
    tree.layers.forEach((layer, index) => this.#add(router, layer, `${name}.${index}`))
    return router
  }

  #add(router: Router, layer: Layer, name: string): void {
    if (layer.kind === 'mount') {
      router.use(layer.path, this.build(layer.tree, name))
      return
    }
    const handlers = layer.handlers.map((handler, index) => this.#make(handler, `${name}/${index}`))
    if (layer.kind === 'use') router.use(layer.path, ...handlers)
    else Reflect.apply(Reflect.get(router, layer.verb) as AnyHandler, router, [layer.path, ...handlers])
  }

  #paramCallback(name: string): AnyHandler {
    return (req: Seen, _res: object, next: Next, value: unknown, param: string) => {
      this.#see(`${name} param ${param}=${String(value)}`, req)
      next()
    }
  }

  #make(handler: Handler, name: string): AnyHandler {
    if (handler.startsWith('error')) {
      return (error: unknown, req: Seen, _res: object, next: Next) => {
        this.#see(`${name} ${handler} ${describeError(error)}`, req)
        this.#act(handler, name, req, next, error)
      }
    }
    return (req: Seen, _res: object, next: Next) => {
      this.#see(`${name} ${handler}`, req)
      return this.#act(handler, name, req, next)
    }
  }

  #see(what: string, req: Seen): void {
    if (this.#trace.length > maxSteps) return
    const { url, baseUrl, originalUrl, params } = req
    this.#trace.push(`${what} ${inspect({ url, baseUrl, originalUrl, params }, { breakLength: 1000 })}`)
  }

  #act(handler: Handler, name: string, req: Seen, next: Next, error?: unknown): unknown {
    if (++this.#steps > maxSteps) return this.#finish('too many steps')
    switch (handler) {
      case 'next':
      case 'errorForgive':
        return next()
      case 'later':
        return void setImmediate(next)
      case 'answer':
      case 'errorAnswer':
        return this.#finish(`answered by ${name}`)
      case 'route':
      case 'router':
        return next(handler)
      case 'fail':
        return next(new Error(`from ${name}`))
      case 'errorNext':
        return next(error)
      case 'throw':
        throw new Error(`thrown by ${name}`)
      case 'reject':
        return Promise.reject(new Error(`rejected by ${name}`))
      case 'rewrite':
        req.url = req.url.startsWith('/b') ? '/a/b' : '/b/a'
        return next()
    }
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
