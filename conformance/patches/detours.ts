import type { Request, Response } from 'express'
import type { ExpressFactory } from '../harness/subject.js'

/** A fast way as it must not be: made on purpose, to show that the comparison finds it. */
export interface Detour {
  what: string
  place: string
  found: RegExp
  /** Makes a member do without another one, and not look whether somebody has replaced that one. */
  breakIt(factory: ExpressFactory): () => void
}

export const detours: readonly Detour[] = [
  {
    what: 'a method of responses',
    place: 'res',
    found: /response\.send unseen: GET \/send-status/,
    breakIt({ response }) {
      const { send, status } = response
      return replace(response, 'sendStatus', {
        value: function sendStatus(this: unknown, code: number) {
          return Reflect.apply(send, Reflect.apply(status, this, [code]), [String(code)])
        },
      })
    },
  },
  {
    what: 'a getter of requests',
    place: 'req',
    found: /request\.host unseen: GET \/read\/hostname/,
    breakIt({ request }) {
      const { get } = Object.getOwnPropertyDescriptor(request, 'host') as PropertyDescriptor
      return replace(request, 'hostname', {
        get(this: unknown): unknown {
          return String(get?.call(this)).split(':')[0]
        },
      })
    },
  },
  {
    what: 'a method of routers',
    place: 'Router.prototype',
    found: /router\.handle unseen: GET \/json/,
    breakIt({ application, Router }) {
      const { handle } = Router.prototype as { handle: (...args: unknown[]) => void }
      return replace(application, 'handle', {
        value: function handleApp(this: { router: object }, req: Request, res: Response) {
          Object.setPrototypeOf(req, Reflect.get(this, 'request'))
          Object.setPrototypeOf(res, Reflect.get(this, 'response'))
          handle.call(this.router, req, res, () => res.end())
        },
      })
    },
  },
]

function replace(target: object, name: string, descriptor: PropertyDescriptor): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name) as PropertyDescriptor
  Object.defineProperty(target, name, { ...descriptor, configurable: true, enumerable: true })
  return () => Object.defineProperty(target, name, before)
}
