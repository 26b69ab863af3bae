import { entriesOf, listOf, optionalPartOf, optionalTextOf, partOf, textOf } from './event-fields.js'
import { pathOf, rawQuery } from './event-target.js'
import { fieldLists, type Gateway, isSetCookie, LAMBDA_LIMIT } from './gateway.js'

/**
 * HTTP APIs of API Gateway (payload format 2.0), and function URLs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export const httpApi: Gateway = {
  name: 'an API Gateway HTTP API',
  limit: LAMBDA_LIMIT,

  read(event, { prefix }) {
    const context = partOf(event, 'requestContext')
    const http = partOf(context, 'http')
    const headers = optionalPartOf(event, 'headers')
    let fields = headers ? entriesOf(headers, false) : []
    // Cookies stand in a list of their own, and not among the fields.
    if (event.value['cookies'] !== undefined && event.value['cookies'] !== null) {
      const cookies = listOf(event, 'cookies')
      fields = fields.filter(([name]) => name.toLowerCase() !== 'cookie')
      if (cookies.length > 0) fields.push(['cookie', cookies.join('; ')])
    }
    return {
      method: textOf(http, 'method'),
      path: pathOf(event, 'rawPath', prefix),
      query: rawQuery(optionalTextOf(event, 'rawQueryString') ?? ''),
      fields,
      host: optionalTextOf(context, 'domainName'),
      ip: optionalTextOf(http, 'sourceIp') ?? '',
    }
  },

  head({ status, fields }) {
    const headers: Record<string, string> = {}
    let cookies: string[] = []
    for (const [name, values] of fieldLists(fields)) {
      if (isSetCookie(name)) cookies = values
      else headers[name] = values.join(', ')
    }
    return { statusCode: status, headers, cookies }
  },
}
