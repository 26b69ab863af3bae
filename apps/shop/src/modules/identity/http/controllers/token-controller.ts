import type { z } from 'zod'
import type { HandlerOf, Request, Response } from '../../../../http/framework.js'
import { unauthenticated } from '../../../../http/principal.js'
import { clientAddress } from '../../../../http/security/client-address.js'
import { RefreshRefused } from '../../domain/errors.js'
import type { AccountService } from '../../services/account-service.js'
import type { TokenGrant, TokenService } from '../../services/token-service.js'
import type { endRefresh, refresh, signIn, signOut, tokenSchema } from '../contracts/auth-contracts.js'
import type { IdentityAuthenticator } from '../identity-authenticator.js'
import { REFRESH_COOKIE } from '../input/cookies.js'
import type { RefreshCookie } from '../refresh-cookie.js'
import { representUser } from '../user-representation.js'

/** Signing in by tokens: for programs, and for pages that keep the access token in memory. */
export class TokenController {
  readonly #accounts: AccountService
  readonly #tokens: TokenService
  readonly #cookie: RefreshCookie
  readonly #authenticator: IdentityAuthenticator

  constructor(
    accounts: AccountService,
    tokens: TokenService,
    cookie: RefreshCookie,
    authenticator: IdentityAuthenticator,
  ) {
    this.#accounts = accounts
    this.#tokens = tokens
    this.#cookie = cookie
    this.#authenticator = authenticator
  }

  signIn: HandlerOf<typeof signIn> = async (req, res) => {
    const { email, password } = req.valid.body
    const user = await this.#accounts.signIn(email, password, clientAddress(req))
    res.json(this.#given(req, res, await this.#tokens.signIn(user)))
  }

  refresh: HandlerOf<typeof refresh> = async (req, res) => {
    const token = req.valid.cookies[REFRESH_COOKIE]
    if (token === undefined) throw unauthenticated('There is no refresh token. Sign in again.')
    try {
      res.json(this.#given(req, res, await this.#tokens.refresh(token)))
    } catch (error) {
      if (error instanceof RefreshRefused) this.#cookie.clear(req, res)
      throw error
    }
  }

  /** Ends the sign-in of the refresh token: also when the access token has expired. */
  endRefresh: HandlerOf<typeof endRefresh> = async (req, res) => {
    const token = req.valid.cookies[REFRESH_COOKIE]
    if (token !== undefined) await this.#tokens.signOut(token)
    this.#cookie.clear(req, res)
    res.status(204).end()
  }

  /** Ends the sign-in of the access token. */
  signOut: HandlerOf<typeof signOut> = async (req, res) => {
    const { familyId } = await this.#authenticator.bearer(req)
    await this.#tokens.endFamily(familyId)
    this.#cookie.clear(req, res)
    res.status(204).end()
  }

  /** What is answered: RFC 6749 §5.1, with the user besides. The refresh token goes into its cookie. */
  #given(req: Request, res: Response, grant: TokenGrant): z.input<typeof tokenSchema> {
    if (grant.refresh !== null) this.#cookie.set(req, res, grant.refresh.token, grant.refresh.expiresAt)
    return {
      access_token: grant.accessToken,
      token_type: 'Bearer',
      expires_in: grant.expiresInMs / 1000,
      user: representUser(grant.user),
    }
  }
}
