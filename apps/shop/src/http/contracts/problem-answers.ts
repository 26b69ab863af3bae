import type { ResponseContract } from '@nozomi/schema'
import { z } from 'zod'
import type { ProblemKind } from '../problems/problem.js'

export const issueSchema = z
  .looseObject({
    in: z.enum(['body', 'cookies', 'files', 'headers', 'params', 'query']),
    path: z.array(z.union([z.string(), z.int()])).meta({
      description: 'The keys that lead to it, such as `["price", "amount"]`; empty for the whole.',
    }),
    code: z.string().meta({ description: 'What is wrong, for programs: `required`, `too_big`.' }),
    message: z.string().meta({ description: 'For people.' }),
  })
  .meta({ id: 'Issue' })

export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: 'The address of its explanation.' }),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    issues: z.array(issueSchema).optional(),
  })
  .meta({
    id: 'Problem',
    description: 'RFC 9457. `issues` names each field that is wrong, and what would be right.',
  })

const RETRY_AFTER = { 'Retry-After': 'In how many seconds it is worth trying again.' }

/** Fields that go with a problem, by its code. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  unauthenticated: { 'WWW-Authenticate': 'How to say who one is.' },
  'unsupported-media-type': { Accept: 'What is understood.' },
  'too-many-requests': RETRY_AFTER,
  'storage-unavailable': RETRY_AFTER,
}

/** What is answered when one of these problems is met, by status; several may have one. */
export function problemAnswers(kinds: readonly ProblemKind[]): ReadonlyMap<number, ResponseContract> {
  const byCode = new Map(kinds.map((kind) => [kind.code, kind]))
  const byStatus = new Map<number, ProblemKind[]>()
  for (const kind of byCode.values()) byStatus.set(kind.status, [...(byStatus.get(kind.status) ?? []), kind])
  return new Map([...byStatus].map(([status, same]) => [status, answerOf(same)]))
}

function answerOf(kinds: readonly ProblemKind[]): ResponseContract {
  const codes = kinds.map(({ code }) => code)
  const [first, ...others] = codes
  const headers = Object.assign({}, ...kinds.map(({ code }) => FIELDS[code])) as Record<string, string>
  const own = z.looseObject({ code: z.enum([first as string, ...others]) })
  return {
    name: codes.join('.'),
    description: kinds.map(({ code, title }) => `\`${code}\`: ${title}.`).join(' '),
    ...(Object.keys(headers).length > 0 && { headers }),
    content: { 'application/problem+json': z.intersection(problemSchema, own) },
  }
}
