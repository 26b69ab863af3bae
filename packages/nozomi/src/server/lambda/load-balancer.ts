import { STATUS_CODES } from 'node:http'
import type { AnswerHead } from '../exchange/answer-head.js'
import { textOf } from './event-fields.js'
import { pathOf, rawQuery } from './event-target.js'
import { fieldLists, type Gateway, isSetCookie } from './gateway.js'
import { valuesOf } from './rest-api.js'

/*
 * Application Load Balancers. A target group either has multi-value headers enabled, or not: an event then has one value for
 * each field and parameter, and so must the result.
 *
 * See https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */

/** What a load balancer takes, in bytes of JSON. */
const LIMIT = 1024 * 1024

const read: Gateway['read'] = (event, { prefix }) => {
  const fields = valuesOf(event, 'multiValueHeaders', 'headers')
  // Parameters are given as they were sent.
  const query = valuesOf(event, 'multiValueQueryStringParameters', 'queryStringParameters')
  const forwarded = fields.findLast(([name]) => name.toLowerCase() === 'x-forwarded-for')
  return {
    method: textOf(event, 'httpMethod'),
    path: pathOf(event, 'path', prefix),
    query: rawQuery(query.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&')),
    fields,
    host: null,
    // The balancer adds the address of its client to what the client says.
    ip: forwarded?.[1].split(',').at(-1)?.trim() ?? '',
  }
}

export const loadBalancer: Gateway = {
  name: 'a load balancer',
  limit: LIMIT,
  read,
  head(answer) {
    const headers: Record<string, string> = {}
    for (const [name, values] of fieldLists(answer.fields)) {
      if (isSetCookie(name)) {
        for (const [index, value] of values.entries()) headers[spelling(name, index)] = value
      } else headers[name] = values.join(', ')
    }
    return { ...statusOf(answer), headers }
  },
}

export const multiValueLoadBalancer: Gateway = {
  name: 'a load balancer',
  limit: LIMIT,
  read,
  head(answer) {
    return { ...statusOf(answer), multiValueHeaders: Object.fromEntries(fieldLists(answer.fields)) }
  },
}

function statusOf({ status, reason }: AnswerHead): object {
  return {
    statusCode: status,
    statusDescription: `${status} ${reason || (STATUS_CODES[status] ?? 'Unknown')}`,
  }
}

/**
 * One name for each of several cookies, where a name can stand once: they differ in case, which says nothing to a client.
 * The bits of `index` say which letters change theirs.
 */
function spelling(name: string, index: number): string {
  let bits = index
  return name.replaceAll(/[a-z]/gi, (letter) => {
    const isChanged = (bits & 1) === 1
    bits >>= 1
    if (!isChanged) return letter
    return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
  })
}
