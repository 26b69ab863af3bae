/* Runs for each request whose contract names files. */
import { type SchemaIssue, schemaIssue } from '../schemas/naming/schema-issue.js'
import type { FileRule, FileRules, UploadedFile } from '../types/contract.js'
import type { ValidateOptions } from '../types/options.js'
import { hasBody, isOfType, mediaTypeOf } from './media-types.js'
import type { Part } from './part.js'
import { type InputRequest, together } from './request.js'
import { refuseUnparsed } from './unparsed.js'

/**
 * The files of a form, from `req.file` and `req.files` (a list, or lists by field), as multer leaves them. What passes is in
 * `req.valid.files` only: a file for each field, or a list of them where `maxCount` allows for several.
 */
export function compileFiles(rules: FileRules, options: ValidateOptions): Part {
  const fields = Object.entries(rules)
  const refusesOthers =
    options.unknown === undefined || options.unknown === 'schema' || options.unknown === 'refuse'
  return {
    place: 'files',
    check(req) {
      const found = filesOf(req)
      if (found.size === 0) assertParsed(req)
      const issues: SchemaIssue[] = []
      const value: Record<string, unknown> = {}
      for (const [field, rule] of fields)
        value[field] = checkField(field, rule, found.get(field) ?? [], issues)
      if (refusesOthers) {
        for (const field of found.keys()) {
          if (!Object.hasOwn(rules, field))
            issues.push(
              schemaIssue('unknown_key', [field], 'No file is expected here', {
                key: field,
                known: Object.keys(rules),
              }),
            )
        }
      }
      return issues.length > 0 ? { issues } : { value }
    },
    origin: (req) => ({ sent: sentFiles(filesOf(req)), schema: null }),
    keep(_req, value, _kept, valid) {
      valid.files = together(valid.files, value, undefined, NONE)
    },
  }
}

const NONE: ReadonlySet<string> = new Set()

/** By field: a file, or a list of them. */
function sentFiles(found: ReadonlyMap<string, readonly UploadedFile[]>): Record<string, unknown> {
  return Object.fromEntries(
    [...found].map(([field, files]) => [field, files.length === 1 ? files[0] : files]),
  )
}

function filesOf({ file, files }: InputRequest): Map<string, UploadedFile[]> {
  const found = new Map<string, UploadedFile[]>()
  const lists = Array.isArray(files)
    ? [files]
    : Object.values((files ?? {}) as Record<string, UploadedFile[]>)
  const all = [...lists.flat(), ...(file === undefined || file === null ? [] : [file])] as UploadedFile[]
  for (const one of all) found.set(one.fieldname, [...(found.get(one.fieldname) ?? []), one])
  return found
}

/** A form that nothing has read has no files either. */
function assertParsed(req: InputRequest): void {
  if (req.body !== undefined || !hasBody(req)) return
  refuseUnparsed(req, ['multipart/form-data'])
}

function checkField(
  field: string,
  rule: FileRule,
  files: readonly UploadedFile[],
  issues: SchemaIssue[],
): unknown {
  const { required = true, maxCount } = rule
  if (files.length === 0 && required) issues.push(schemaIssue('required', [field], 'The file is missing'))
  const maximum = maxCount ?? 1
  if (files.length > maximum) {
    issues.push(
      schemaIssue('too_big', [field], `At most ${maximum} of these may be sent`, { maximum, of: 'files' }),
    )
  }
  files.forEach((file, index) => {
    checkFile(file, rule, maxCount === undefined ? [field] : [field, index], issues)
  })
  return maxCount === undefined ? files[0] : [...files]
}

function checkFile(
  file: UploadedFile,
  { maxBytes, types }: FileRule,
  path: readonly (string | number)[],
  issues: SchemaIssue[],
): void {
  if (maxBytes !== undefined && file.size > maxBytes) {
    issues.push(
      schemaIssue('too_big', path, `The file is larger than ${maxBytes} bytes`, {
        maximum: maxBytes,
        of: 'bytes',
      }),
    )
  }
  if (
    types !== undefined &&
    !types.some((type) => isOfType(mediaTypeOf(file.mimetype), type.toLowerCase()))
  ) {
    issues.push(
      schemaIssue('not_allowed', path, `The file is none of: ${types.join(', ')}`, { allowed: types }),
    )
  }
}
