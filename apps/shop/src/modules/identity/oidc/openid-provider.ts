import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  type Configuration,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
} from 'openid-client'
import { FederationRefused, FederationUnavailable } from '../domain/errors.js'
import type { FederatedIdentity, FederationAttempt, IdentityProvider } from '../services/identity-provider.js'

export interface OpenIdClient {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

const SCOPE = 'openid email profile'
const TIMEOUT_SECONDS = 5

/** What openid-client says about answers that came and are not right; what it says else is that none came. */
const UNAVAILABLE = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'])

/** A provider that speaks OpenID Connect, by the code flow with PKCE, state and nonce. */
export class OpenIdProvider implements IdentityProvider {
  readonly #client: OpenIdClient
  #configuration: Promise<Configuration> | null = null

  constructor(client: OpenIdClient) {
    this.#client = client
  }

  async begin(redirectUri: string): Promise<{ url: URL; attempt: FederationAttempt }> {
    const configuration = await this.#discovered()
    const attempt = {
      state: randomState(),
      nonce: randomNonce(),
      codeVerifier: randomPKCECodeVerifier(),
      redirectUri,
    }
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: SCOPE,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: 'S256',
    })
    return { url, attempt }
  }

  async complete(
    cameBack: URL,
    { state, nonce, codeVerifier }: FederationAttempt,
  ): Promise<FederatedIdentity> {
    const configuration = await this.#discovered()
    try {
      // Checks state, issuer (RFC 9207), and the ID token: signature, issuer, audience, nonce, times.
      const tokens = await authorizationCodeGrant(configuration, cameBack, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims === undefined) throw new FederationRefused('the provider sent no ID token')
      const said =
        claims.email === undefined
          ? { ...claims, ...(await fetchUserInfo(configuration, tokens.access_token, claims.sub)) }
          : claims
      return {
        issuer: claims.iss,
        subject: claims.sub,
        email: typeof said.email === 'string' ? said.email : null,
        // Only the boolean: some send the text "false".
        emailVerified: said.email_verified === true,
        name: typeof said.name === 'string' ? said.name : null,
      }
    } catch (error) {
      throw failureOf(error)
    }
  }

  /** Asked once; once more after a failure. */
  #discovered(): Promise<Configuration> {
    this.#configuration ??= this.#discover().catch((error: unknown) => {
      this.#configuration = null
      throw new FederationUnavailable(error)
    })
    return this.#configuration
  }

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#client
    const address = new URL(issuer)
    return discovery(address, clientId, clientSecret, undefined, {
      timeout: TIMEOUT_SECONDS,
      // The configuration takes http: for this machine only.
      ...(address.protocol === 'http:' && { execute: [allowInsecureRequests] }),
    })
  }
}

function failureOf(error: unknown): Error {
  if (error instanceof FederationRefused) return error
  if (error instanceof AuthorizationResponseError)
    return new FederationRefused(`the provider says ${error.error}`, error)
  if (error instanceof ResponseBodyError)
    return error.status >= 500
      ? new FederationUnavailable(error)
      : new FederationRefused(`the provider says ${error.error}`, error)
  if (error instanceof ClientError && !UNAVAILABLE.has(error.code ?? ''))
    return new FederationRefused('the answer of the provider does not belong to what was asked', error)
  return new FederationUnavailable(error)
}
