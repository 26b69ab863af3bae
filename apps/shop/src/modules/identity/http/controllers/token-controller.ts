import type { Request, Response } from '../../../../http/framework.js'
import type { Given } from '../../../../http/input/given.js'
import { unauthenticated } from '../../../../http/principal.js'
import { clientAddress } from '../../../../http/security/client-address.js'
import { RefreshRefused } from '../../domain/errors.js'
import type { AccountService } from '../../services/account-service.js'
import type { TokenGrant, TokenService } from '../../services/token-service.js'
import type { IdentityAuthenticator } from '../identity-authenticator.js'
import type { credentialsBody } from '../input/credentials-body.js'
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

  signIn = async (req: Given<{ body: typeof credentialsBody }>, res: Response): Promise<void> => {
    const { email, password } = req.valid.body
    const user = await this.#accounts.signIn(email, password, clientAddress(req))
    this.#answer(req, res, await this.#tokens.signIn(user))
  }

  refresh = async (req: Request, res: Response): Promise<void> => {
    const token = this.#cookie.read(req)
    if (token === null) throw unauthenticated('There is no refresh token. Sign in again.')
    try {
      this.#answer(req, res, await this.#tokens.refresh(token))
    } catch (error) {
      if (error instanceof RefreshRefused) this.#cookie.clear(req, res)
      throw error
    }
  }

  /** Ends the sign-in of the refresh token: also when the access token has expired. */
  endRefresh = async (req: Request, res: Response): Promise<void> => {
    const token = this.#cookie.read(req)
    if (token !== null) await this.#tokens.signOut(token)
    this.#cookie.clear(req, res)
    res.status(204).end()
  }

  /** Ends the sign-in of the access token. */
  signOut = async (req: Request, res: Response): Promise<void> => {
    const { familyId } = await this.#authenticator.bearer(req)
    await this.#tokens.endFamily(familyId)
    this.#cookie.clear(req, res)
    res.status(204).end()
  }

  #answer(req: Request, res: Response, { user, accessToken, expiresInMs, refresh }: TokenGrant): void {
    if (refresh !== null) this.#cookie.set(req, res, refresh.token, refresh.expiresAt)
    // RFC 6749 §5.1, with the user besides.
    res.json({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: expiresInMs / 1000,
      user: representUser(user),
    })
  }
}
