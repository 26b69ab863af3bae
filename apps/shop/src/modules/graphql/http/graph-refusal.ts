import { ValidationError } from '@nozomi/schema'
import type { ErrorRequestHandler } from '../../../http/framework.js'
import { invalidRequest } from '../../../http/problems/invalid-input.js'
import { toldIssues } from '../../../http/problems/told-issues.js'
import { acceptedType } from './graph-types.js'

/** What is no request of GraphQL is refused in the form that its clients read: the issues of a problem, in an error of GraphQL. */
export const refuseInGraph: ErrorRequestHandler = (error, req, res, next) => {
  if (!(error instanceof ValidationError)) return next(error)
  // Who accepts neither form is told that first.
  acceptedType(req)
  const { message, issues } = invalidRequest(toldIssues(error))
  const refused = { message, extensions: { code: 'BAD_REQUEST', issues } }
  res
    .status(400)
    .vary('Accept')
    .json({ errors: [refused] })
}
