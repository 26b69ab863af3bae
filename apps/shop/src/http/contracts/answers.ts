import type { ResponseContract } from '@nozomi/schema'
import { z } from 'zod'
import { type Extent, formatsFor } from '../representations/formats.js'
import { API_VERSIONS, type ApiVersion } from '../versions/api-version.js'
import type {
  AnswerDescription,
  MediaType,
  OperationDescription,
  RouteDescription,
} from './operation-description.js'
import { problemAnswers } from './problem-answers.js'
import { problemsOf } from './problems-of.js'

const ETAG = { ETag: 'Of this answer; what `If-None-Match` takes.' }

const NOT_MODIFIED: ResponseContract = {
  name: 'not-modified',
  description: 'It is as `If-None-Match` says.',
  headers: ETAG,
}

/** What a route answers, by status, with all that may go wrong. */
export function answersOf(
  operation: OperationDescription,
  isTagged: boolean,
): Record<number, ResponseContract> {
  const all = ownAnswersOf(operation.answers, isTagged)
  if (isTagged) all[304] = NOT_MODIFIED
  for (const [status, problem] of problemAnswers(problemsOf(operation))) {
    const own = all[status]
    all[status] = own === undefined ? problem : both(own, problem)
  }
  return all
}

/** What a route answers when nothing goes wrong, by status. */
export function ownAnswersOf(
  answers: RouteDescription['answers'],
  isTagged = false,
): Record<number, ResponseContract> {
  const all: Record<number, ResponseContract> = {}
  for (const [status, answer] of Object.entries(answers))
    all[Number(status)] = answerOf(answer, isTagged && status === '200')
  return all
}

function answerOf(answer: AnswerDescription, isTagged: boolean): ResponseContract {
  const headers = { ...(isTagged && ETAG), ...answer.headers }
  return {
    description: answer.description,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...contentOf(answer),
  }
}

function contentOf({
  schema,
  shown,
  versions = API_VERSIONS,
  types,
}: AnswerDescription): Pick<ResponseContract, 'content' | 'schema'> {
  if (types !== undefined) return { content: Object.fromEntries(types.map((type) => [type, schema ?? null])) }
  if (schema === undefined) return {}
  return shown === undefined ? { schema } : { content: shownContent(schema, shown, versions) }
}

function shownContent(
  schema: z.ZodType,
  extent: Extent,
  versions: readonly ApiVersion[],
): ResponseContract['content'] {
  const content: Record<MediaType, z.ZodType> = {}
  for (const version of versions) {
    for (const { name, types } of formatsFor(extent)) {
      for (const type of types(version)) content[type as MediaType] = name === 'json' ? schema : TEXTS[name]
    }
  }
  return content
}

const TEXTS = {
  hal: z
    .looseObject({ _links: z.unknown() })
    .meta({ description: 'The same fields, with `_links` and `_embedded`.' }),
  xml: z.string().meta({ description: 'The same fields as elements.' }),
  csv: z.string().meta({ description: 'A head, and a line for each item.' }),
}

/** An operation may have words of its own for a status that is a problem, too. */
function both(own: ResponseContract, problem: ResponseContract): ResponseContract {
  const { schema, content = schema ? { 'application/json': schema } : {}, ...rest } = own
  const headers =
    own.headers && problem.headers ? { ...own.headers, ...problem.headers } : (own.headers ?? problem.headers)
  return {
    ...rest,
    description: `${own.description} ${problem.description}`,
    ...(headers !== undefined && { headers }),
    content: { ...content, ...problem.content },
  }
}
