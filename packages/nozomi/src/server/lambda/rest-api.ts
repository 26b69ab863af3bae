import { entriesOf, optionalPartOf, optionalTextOf, type Part, textOf } from './event-fields.js'
import { encodedQuery, pathOf } from './event-target.js'
import { fieldLists, type Gateway, LAMBDA_LIMIT } from './gateway.js'

/**
 * REST APIs of API Gateway, and HTTP APIs with the payload format 1.0.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const restApi: Gateway = {
  name: 'an API Gateway REST API',
  limit: LAMBDA_LIMIT,

  read(event, { prefix }) {
    const context = optionalPartOf(event, 'requestContext')
    const identity = context && optionalPartOf(context, 'identity')
    return {
      method: textOf(event, 'httpMethod'),
      path: pathOf(event, 'path', prefix),
      query: encodedQuery(valuesOf(event, 'multiValueQueryStringParameters', 'queryStringParameters')),
      fields: valuesOf(event, 'multiValueHeaders', 'headers'),
      host: context && optionalTextOf(context, 'domainName'),
      ip: (identity && optionalTextOf(identity, 'sourceIp')) ?? '',
    }
  },

  head({ status, fields }) {
    return { statusCode: status, multiValueHeaders: Object.fromEntries(fieldLists(fields)) }
  },
}

/** All values where they are, else one for each name. */
export function valuesOf(event: Part, multiple: string, single: string): [string, string][] {
  const lists = optionalPartOf(event, multiple)
  if (lists && Object.keys(lists.value).length > 0) return entriesOf(lists, true)
  const values = optionalPartOf(event, single)
  return values ? entriesOf(values, false) : []
}
