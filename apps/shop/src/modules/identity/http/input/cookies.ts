import { z } from 'zod'
import { SECURITY_SCHEMES } from '../../../../http/contracts/security.js'
import { cookieText } from '../../../../http/input/cookie.js'

export const REFRESH_COOKIE = SECURITY_SCHEMES.refresh.name

export const refreshCookie = z.object({ [REFRESH_COOKIE]: cookieText('The refresh token.') })

export const ATTEMPT_COOKIE = 'shop.oidc'

export const attemptCookie = z.object({
  [ATTEMPT_COOKIE]: cookieText('Which attempt to sign in this browser has begun.'),
})
