import { z } from 'zod'
import { expecting, refusal } from './expectation.js'

const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

/** The versions in `If-Match`; `any` for `*`. */
export type ExpectedVersions = 'any' | readonly number[]

/**
 * The field `If-Match` as the versions that its tags are of.
 *
 * RFC 9110 §13.1.1: compared strongly; a weak tag matches nothing, and neither does one that is not ours.
 *
 * @param expected what it must be, for people: `the ETag of the order as you read it, or *`
 * @param versionOf the version that a tag is of; null for what is none of ours
 */
export function ifMatch(expected: string, versionOf: (tag: string) => number | null) {
  return expecting(
    expected,
    z.string().transform((field, context): ExpectedVersions => {
      if (field.trim() === '*') return 'any'
      const tags = field.split(',').map((tag) => tag.trim())
      if (tags.every((tag) => ENTITY_TAG.test(tag))) return tags.flatMap((tag) => versionOf(tag) ?? [])
      context.addIssue(refusal({ problem: `is ${JSON.stringify(field.slice(0, 60))}`, expected }))
      return z.NEVER
    }),
  )
}
