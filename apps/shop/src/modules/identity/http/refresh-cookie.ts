import type { Request, Response } from '../../../http/framework.js'
import { REFRESH_COOKIE } from './input/cookies.js'

/**
 * The refresh token is in a cookie that scripts can't read, that no other site can make a browser send, and that goes to
 * one address only.
 */
export class RefreshCookie {
  readonly #production: boolean

  constructor(production: boolean) {
    this.#production = production
  }

  set(req: Request, res: Response, token: string, expires: Date): void {
    res.cookie(REFRESH_COOKIE, token, { ...this.#attributes(req), expires })
  }

  clear(req: Request, res: Response): void {
    res.clearCookie(REFRESH_COOKIE, this.#attributes(req))
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
