/** What must be remembered between leaving for an identity provider and coming back. */
export interface FederationAttempt {
  readonly state: string
  readonly nonce: string
  /** RFC 7636: only who knows it can exchange the code. */
  readonly codeVerifier: string
  readonly redirectUri: string
}

/** What an identity provider says about somebody. */
export interface FederatedIdentity {
  readonly issuer: string
  /** Tells the account from all others of the issuer, for good. */
  readonly subject: string
  /** Null when it says none. */
  readonly email: string | null
  readonly emailVerified: boolean
  readonly name: string | null
}

/** An OpenID Connect provider. Both methods reject with FederationUnavailable when it does not answer. */
export interface IdentityProvider {
  /** Where the browser is to be sent. */
  begin(redirectUri: string): Promise<{ readonly url: URL; readonly attempt: FederationAttempt }>
  /** `cameBack`: the address, with its query, to which it sent the browser. Rejects with FederationRefused. */
  complete(cameBack: URL, attempt: FederationAttempt): Promise<FederatedIdentity>
}
