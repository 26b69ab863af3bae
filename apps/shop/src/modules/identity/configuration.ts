import { z } from 'zod'
import { line } from '../../http/input/text.js'
import { defineSection } from '../../platform/configuration/section.js'
import { StartError } from '../../platform/configuration/start-error.js'
import { normalizeEmail } from './domain/email.js'
import { PASSWORD_LENGTH } from './domain/password-rules.js'

export interface FederationConfiguration {
  /** What the page calls it: `Sign in with <name>`. */
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Null: made from the address that the request came to. */
  readonly redirectUri: string | null
}

export interface IdentityConfiguration {
  /** Then cookies go over TLS only. */
  readonly production: boolean
  /** Whether there are users whose passwords the README has. */
  readonly sampleAccounts: boolean
  /** Null: one that is made at the start, and what it signed ends with the process. */
  readonly tokenSecret: string | null
  readonly sessionSecret: string | null
  readonly federation: FederationConfiguration | null
  /** Who is made an admin when there is no such user. */
  readonly firstAdmin: { readonly email: string; readonly password: string } | null
}

const SECRET = 'at least 32 random characters: openssl rand -base64 32'
const secret = z.string().min(32).max(1000).optional()

export const identityConfiguration = defineSection(
  {
    NODE_ENV: {
      schema: z.enum(['development', 'test', 'production']).default('development'),
      expected: 'development, test or production',
    },
    TOKEN_SECRET: { schema: secret, expected: SECRET, secret: true },
    SESSION_SECRET: { schema: secret, expected: SECRET, secret: true },
    ADMIN_EMAIL: {
      schema: z
        .string()
        .refine((text) => normalizeEmail(text) !== null)
        .optional(),
      expected: 'an e-mail address',
    },
    ADMIN_PASSWORD: {
      schema: z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max).optional(),
      expected: `${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters`,
      secret: true,
    },
    OIDC_ISSUER: {
      schema: z.string().refine(isIssuer).optional(),
      expected: 'the https address of an OpenID Connect provider; http is taken for 127.0.0.1 and localhost',
    },
    OIDC_CLIENT_ID: { schema: z.string().max(200).optional(), expected: 'the id that the provider gave' },
    OIDC_CLIENT_SECRET: {
      schema: z.string().max(1000).optional(),
      expected: 'the secret that the provider gave',
      secret: true,
    },
    OIDC_NAME: {
      schema: line(1, 40).optional(),
      expected: 'what visitors know the provider by, 1 to 40 characters',
    },
    OIDC_REDIRECT_URI: {
      schema: z.url({ protocol: /^https?$/ }).optional(),
      expected: 'the address https://<the shop>/sign-in/oidc/callback',
    },
  },
  (values): IdentityConfiguration => {
    const production = values.NODE_ENV === 'production'
    const { TOKEN_SECRET = null, SESSION_SECRET = null } = values
    if (production) requireInProduction({ TOKEN_SECRET, SESSION_SECRET })
    const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = values
    requireTogether({ ADMIN_EMAIL: email, ADMIN_PASSWORD: password })
    const firstAdmin =
      email === undefined || password === undefined
        ? null
        : { email: normalizeEmail(email) ?? email, password }
    return {
      production,
      sampleAccounts: values.NODE_ENV === 'development',
      tokenSecret: TOKEN_SECRET,
      sessionSecret: SESSION_SECRET,
      federation: federationOf(values, production),
      firstAdmin,
    }
  },
)

function federationOf(
  values: Readonly<
    Partial<Record<`OIDC_${'ISSUER' | 'NAME' | 'CLIENT_ID' | 'CLIENT_SECRET' | 'REDIRECT_URI'}`, string>>
  >,
  production: boolean,
): FederationConfiguration | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_REDIRECT_URI = null } = values
  requireTogether({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET })
  if (OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined || OIDC_CLIENT_SECRET === undefined)
    return null
  // Security: made from a request's Host, it could name another site.
  if (production) requireInProduction({ OIDC_REDIRECT_URI })
  return {
    name: values.OIDC_NAME ?? new URL(OIDC_ISSUER).hostname,
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    redirectUri: OIDC_REDIRECT_URI,
  }
}

function requireInProduction(values: Readonly<Record<string, string | null>>): void {
  const missing = Object.keys(values).filter((name) => values[name] === null)
  if (missing.length === 0) return
  const lines = missing.map(
    (name) =>
      `${name} is missing; with NODE_ENV=production it must be set (apps/shop/README.md, Configuration)`,
  )
  throw new StartError(lines.join('\n'))
}

function requireTogether(values: Readonly<Record<string, string | undefined>>): void {
  const names = Object.keys(values)
  const missing = names.filter((name) => values[name] === undefined)
  if (missing.length === 0 || missing.length === names.length) return
  throw new StartError(`${missing.join(', ')} is missing; ${names.join(', ')} go together`)
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  if (protocol === 'https:') return true
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
}
