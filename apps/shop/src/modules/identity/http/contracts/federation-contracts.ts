import { type Step, validate } from '@nozomi/schema'
import { federationQuery } from '../input/federation-query.js'

/** For browsers that come along a link: it is no operation of the API, and not in its document. */
export const beginFederation: Step<{ contract: { readonly query: typeof federationQuery } }> = validate({
  query: federationQuery,
})
