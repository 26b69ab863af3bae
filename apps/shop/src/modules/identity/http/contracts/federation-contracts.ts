import { siteRoute } from '../../../../http/contracts/site-route.js'
import { attemptCookie } from '../input/cookies.js'
import { federationQuery } from '../input/federation-query.js'

/** For browsers that come along a link. */
export const beginFederation = siteRoute({
  query: federationQuery,
  answers: {
    302: {
      description: 'To the identity provider.',
      headers: { Location: 'Where to sign in.', 'Set-Cookie': 'Of this attempt.' },
    },
  },
})

/** The query is of the provider, and no part of this: the library reads it as it came, and refuses what comes twice. */
export const completeFederation = siteRoute({
  cookies: attemptCookie,
  answers: {
    303: {
      description: 'Back to where the visitor was, with a session.',
      headers: { Location: 'What `returnTo` said.', 'Set-Cookie': 'Of the session.' },
    },
  },
})
