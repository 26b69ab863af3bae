import type { Request, Response } from '../../../http/framework.js'
import { parseCookie } from '../../../http/input/cookie.js'

const NAME = 'shop.refresh'

/**
 * The refresh token is in a cookie that scripts can't read, that no other site can make a browser send, and that goes to
 * one address only.
 */
export class RefreshCookie {
  readonly #production: boolean

  constructor(production: boolean) {
    this.#production = production
  }

  read(req: Request): string | null {
    return parseCookie(req, NAME)
  }

  set(req: Request, res: Response, token: string, expires: Date): void {
    res.cookie(NAME, token, { ...this.#attributes(req), expires })
  }

  clear(req: Request, res: Response): void {
    res.clearCookie(NAME, this.#attributes(req))
  }

  #attributes(req: Request) {
    return {
      path: `${req.baseUrl}/refresh`,
      httpOnly: true,
      secure: this.#production || req.secure,
      sameSite: 'strict',
    } as const
  }
}
