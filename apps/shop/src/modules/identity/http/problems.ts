import { unauthenticated } from '../../../http/principal.js'
import { invalidInput } from '../../../http/problems/invalid-input.js'
import { defineProblems, Problem } from '../../../http/problems/problem.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import { tooManyRequests } from '../../../http/security/rate-limit.js'
import {
  EmailNotVerified,
  EmailTaken,
  FederationRefused,
  FederationUnavailable,
  LastAdmin,
  RefreshRefused,
  StaleUser,
  TooManyAttempts,
  UserNotFound,
  WeakPassword,
  WrongCredentials,
} from '../domain/errors.js'
import { PASSWORD_LENGTH } from '../domain/password-rules.js'

export const IDENTITY_PROBLEMS = defineProblems({
  'wrong-credentials': {
    status: 401,
    title: 'The e-mail address or the password is not right',
    explanation: 'Which of the two is not said, so that nobody can find out who has an account.',
  },
  'email-taken': {
    status: 409,
    title: 'There is an account with this e-mail address',
    explanation: 'Sign in instead.',
  },
  'user-not-found': { status: 404, title: 'There is no such user', explanation: 'Check the id.' },
  'stale-user': {
    status: 412,
    title: 'The user was changed by somebody else',
    explanation:
      'The entity tag in `If-Match` is not that of the user now. Read it again, then repeat the change.',
  },
  'last-admin': {
    status: 409,
    title: 'The last admin must stay one',
    explanation: 'Without an admin nobody could make another. Give the role to somebody else first.',
  },
  'https-required': {
    status: 403,
    title: 'This needs https',
    explanation: 'In production, cookies go over https only.',
  },
  'sign-in-refused': {
    status: 403,
    title: 'The sign-in through the identity provider did not succeed',
    explanation: '`detail` says why. Begin again at `/sign-in/oidc`.',
  },
  'identity-provider-unavailable': {
    status: 503,
    title: 'The identity provider does not answer',
    explanation: 'Try again later, or sign in with a password.',
  },
})

/** What a client is told about the errors of identity's domain, and of the libraries that it uses. */
export function problemOfIdentity(error: unknown): Problem | null {
  if (error instanceof WrongCredentials) {
    return new Problem(
      IDENTITY_PROBLEMS['wrong-credentials'],
      'The e-mail address or the password is not right.',
      {
        headers: { 'WWW-Authenticate': 'Bearer realm="shop"' },
      },
    )
  }
  if (error instanceof TooManyAttempts)
    return tooManyRequests(error.retryAfterMs / 1000, 'There were too many attempts.')
  if (error instanceof RefreshRefused)
    return unauthenticated('The refresh token is not good any more. Sign in again.')
  return problemOfAccount(error) ?? problemOfFederation(error) ?? problemOfForgery(error)
}

function problemOfAccount(error: unknown): Problem | null {
  if (error instanceof EmailTaken) {
    const errors = [
      {
        in: 'body',
        field: 'email',
        problem: 'is that of an account',
        expected: 'an address without an account',
      },
    ] as const
    return new Problem(IDENTITY_PROBLEMS['email-taken'], 'There is an account with this e-mail address.', {
      errors,
    })
  }
  if (error instanceof WeakPassword) {
    const expected = `${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters that nobody would guess`
    return invalidInput([{ in: 'body', field: 'password', problem: error.problem, expected }])
  }
  if (error instanceof UserNotFound)
    return new Problem(IDENTITY_PROBLEMS['user-not-found'], `There is no user ${error.id}.`)
  if (error instanceof StaleUser)
    return new Problem(IDENTITY_PROBLEMS['stale-user'], 'The user has another version by now; read it again.')
  if (error instanceof LastAdmin)
    return new Problem(IDENTITY_PROBLEMS['last-admin'], 'This is the last admin.')
  return null
}

function problemOfFederation(error: unknown): Problem | null {
  if (error instanceof EmailNotVerified) {
    const detail = 'The identity provider has not verified your e-mail address.'
    return new Problem(IDENTITY_PROBLEMS['sign-in-refused'], detail)
  }
  if (error instanceof FederationRefused)
    return new Problem(IDENTITY_PROBLEMS['sign-in-refused'], `Not signed in: ${error.message}.`, {
      cause: error,
    })
  if (error instanceof FederationUnavailable) {
    const detail = 'The identity provider does not answer. Try again in a few seconds.'
    const options = { headers: { 'Retry-After': '5' }, cause: error }
    return new Problem(IDENTITY_PROBLEMS['identity-provider-unavailable'], detail, options)
  }
  return null
}

/** csrf-csrf raises an error with this code. */
function problemOfForgery(error: unknown): Problem | null {
  if ((error as { code?: unknown } | null)?.code !== 'EBADCSRFTOKEN') return null
  return new Problem(
    PROBLEMS['forged-request'],
    'A write with a session needs the token of that session in X-CSRF-Token.',
  )
}
