import { randomBytes } from 'node:crypto'
import { asFunction } from 'awilix'
import cookieParser from 'cookie-parser'
import type { RequestHandler } from '../../http/framework.js'
import { textCookies } from '../../http/input/cookie.js'
import type { Authenticator } from '../../http/principal.js'
import type { SiteRoutes } from '../../http/shop-application.js'
import type { PlatformCradle } from '../../platform/cradle.js'
import type { Configured, ShopModule } from '../module.js'
import type { IdentityConfiguration } from './configuration.js'
import { createFamilyCleaner } from './family-cleaner.js'
import { BrowserSessions } from './http/browser-sessions.js'
import { FederationController } from './http/controllers/federation-controller.js'
import { ProviderController } from './http/controllers/provider-controller.js'
import { SessionController } from './http/controllers/session-controller.js'
import { TokenController } from './http/controllers/token-controller.js'
import { UserController } from './http/controllers/user-controller.js'
import { createForgeryProtection, type ForgeryProtection } from './http/forgery-token.js'
import { IdentityAuthenticator } from './http/identity-authenticator.js'
import { forKnownSessions } from './http/known-sessions.js'
import { IDENTITY_PROBLEMS, problemOfIdentity } from './http/problems.js'
import { RefreshCookie } from './http/refresh-cookie.js'
import { createAuthRoutes } from './http/routes/auth-routes.js'
import { createFederationRoutes } from './http/routes/federation-routes.js'
import { createUserRoutes } from './http/routes/user-routes.js'
import { OpenIdProvider } from './oidc/openid-provider.js'
import { Argon2PasswordHasher } from './passwords/argon2-password-hasher.js'
import {
  createIdentityRepositories,
  type IdentityRepositories,
} from './repositories/identity-repositories.js'
import { MemoryUserRepository } from './repositories/memory/memory-user-repository.js'
import { PostgresUserRepository } from './repositories/postgres/postgres-user-repository.js'
import { fillAccounts } from './seed/fill-accounts.js'
import { demoAccounts } from './seed/sample-accounts.js'
import type { AccessTokens } from './services/access-tokens.js'
import { AccountService } from './services/account-service.js'
import { AttemptLimits } from './services/attempt-limits.js'
import { Endings } from './services/endings.js'
import { FederationService } from './services/federation-service.js'
import type { PasswordHasher } from './services/password-hasher.js'
import { TokenService } from './services/token-service.js'
import { StoredUserDirectory, type UserDirectory } from './services/user-directory.js'
import { createSessions, sessionCookieName } from './sessions/session-middleware.js'
import { JoseAccessTokens } from './tokens/jose-access-tokens.js'

/**
 * What other modules may use: `authenticator`, `userAccounts`, `userDirectory`, `tokens`, and `sessions` for sockets.
 */
export interface IdentityCradle extends IdentityRepositories {
  readonly authenticator: Authenticator
  readonly identityAuthenticator: IdentityAuthenticator
  readonly userAccounts: AccountService
  readonly userDirectory: UserDirectory
  readonly tokens: TokenService
  /** Loads the session of a request; to be put before the handshake of a socket: `io.engine.use(sessions)`. */
  readonly sessions: RequestHandler
  readonly accessTokens: AccessTokens
  readonly attempts: AttemptLimits
  readonly endings: Endings
  readonly browserSessions: BrowserSessions
  readonly forgery: ForgeryProtection
  readonly passwords: PasswordHasher
  readonly sessionSecret: string
}

type Needs = Configured<{ readonly identity: IdentityConfiguration }>

type Cradle = PlatformCradle & IdentityCradle & Needs

/** Users: registering, signing in and out, roles; who it is that asks. */
export const identityModule: ShopModule<IdentityCradle, Needs> = {
  name: 'identity',

  register: (storage) => {
    const repositories = createIdentityRepositories(storage)
    return {
      users: asFunction(() => repositories.users).singleton(),
      federatedIdentities: asFunction(() => repositories.federatedIdentities).singleton(),
      tokenFamilies: asFunction(() => repositories.tokenFamilies).singleton(),
      passwords: asFunction(() => new Argon2PasswordHasher()).singleton(),
      attempts: asFunction(({ state }: Cradle) => new AttemptLimits(state)).singleton(),
      endings: asFunction(({ state }: Cradle) => new Endings(state)).singleton(),
      accessTokens: asFunction(
        ({ configuration, clock }: Cradle) =>
          new JoseAccessTokens(configuration.identity.tokenSecret ?? madeSecret(), clock),
      ).singleton(),
      sessionSecret: asFunction(
        ({ configuration }: Cradle) => configuration.identity.sessionSecret ?? madeSecret(),
      ).singleton(),
      userAccounts: asFunction(
        ({ users, tokenFamilies, passwords, attempts, endings, transactions, clock, log }: Cradle) =>
          new AccountService({
            users,
            tokenFamilies,
            passwords,
            attempts,
            endings,
            transactions,
            clock,
            log,
          }),
      ).singleton(),
      userDirectory: asFunction(
        ({ users }: Cradle): UserDirectory => new StoredUserDirectory(users),
      ).singleton(),
      tokens: asFunction(
        ({ users, tokenFamilies, accessTokens, endings, transactions, clock, log }: Cradle) =>
          new TokenService({ users, tokenFamilies, accessTokens, endings, transactions, clock, log }),
      ).singleton(),
      sessions: asFunction(({ sessionSecret, state, configuration }: Cradle) =>
        createSessions({ secret: sessionSecret, state, production: configuration.identity.production }),
      ).singleton(),
      browserSessions: asFunction(
        ({ configuration, clock }: Cradle) => new BrowserSessions(configuration.identity.production, clock),
      ).singleton(),
      forgery: asFunction(({ sessionSecret, configuration }: Cradle) =>
        createForgeryProtection(sessionSecret, configuration.identity.production),
      ).singleton(),
      identityAuthenticator: asFunction(
        ({ tokens, users, clock }: Cradle) => new IdentityAuthenticator(tokens, users, clock),
      ).singleton(),
      authenticator: asFunction(
        ({ identityAuthenticator }: Cradle): Authenticator => identityAuthenticator,
      ).singleton(),
    }
  },

  fill: ({ configuration: { identity } }) => ({
    sql: (database) =>
      fillAccounts(new PostgresUserRepository({ current: database }), identity, hashPassword),
    memory: (memory) => fillAccounts(new MemoryUserRepository(memory), identity, hashPassword),
  }),

  middleware: ({ sessions, forgery, configuration }) => [
    cookieParser(),
    textCookies,
    forKnownSessions(sessions, sessionCookieName(configuration.identity.production)),
    forgery.protect,
  ],

  api: ({
    userAccounts,
    tokens,
    sessions,
    browserSessions,
    forgery,
    identityAuthenticator,
    configuration,
  }) => {
    const users = new UserController(userAccounts)
    const cookie = new RefreshCookie(configuration.identity.production)
    const byTokens = new TokenController(userAccounts, tokens, cookie, identityAuthenticator)
    const bySession = new SessionController(userAccounts, forgery, browserSessions)
    const providers = providersOf(configuration.identity)
    const versions = ['v1', 'v2'] as const
    return [
      {
        path: '/auth',
        versions,
        router: createAuthRoutes({ users, tokens: byTokens, bySession, providers }, sessions),
      },
      { path: '/users', versions, router: createUserRoutes(users) },
    ]
  },

  site: federationRoutes,

  problems: IDENTITY_PROBLEMS,
  problemOf: problemOfIdentity,

  workers: ({ tokens, log }) => [createFamilyCleaner(tokens, log)],
}

/** Where signing in through the identity provider begins. */
const FEDERATION_PATH = '/sign-in/oidc'

function providersOf({ federation, sampleAccounts }: IdentityConfiguration): ProviderController {
  const items = federation === null ? [] : [{ name: federation.name, href: FEDERATION_PATH }]
  return new ProviderController(items, sampleAccounts ? demoAccounts() : [])
}

/** None, where there is no identity provider. */
function federationRoutes(cradle: Cradle): readonly SiteRoutes[] {
  const { production, federation } = cradle.configuration.identity
  if (federation === null) return []
  const service = new FederationService({ ...partsOf(cradle), provider: new OpenIdProvider(federation) })
  const settings = { production, redirectUri: federation.redirectUri }
  const controller = new FederationController(service, settings, cradle.browserSessions)
  return [{ path: FEDERATION_PATH, router: createFederationRoutes(controller, cradle.sessions) }]
}

function partsOf({ users, federatedIdentities, tokenFamilies, endings, transactions, state, clock }: Cradle) {
  return { users, federatedIdentities, tokenFamilies, endings, transactions, state, clock }
}

function hashPassword(password: string): Promise<string> {
  return new Argon2PasswordHasher().hash(password)
}

/** For development: what it signs is worth nothing after the next start. */
function madeSecret(): string {
  return randomBytes(32).toString('base64url')
}
