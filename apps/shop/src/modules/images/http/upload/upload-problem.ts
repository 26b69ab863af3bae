import { MulterError } from 'multer'
import { invalidInput } from '../../../../http/problems/invalid-input.js'
import { type FieldError, Problem } from '../../../../http/problems/problem.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { IMAGE_LIMITS } from '../../domain/image.js'
import { FIELD } from '../input/image-fields.js'
import { IMAGE_PROBLEMS } from '../problems.js'

const SHOWN_CHARACTERS = 60

/** What a client is told when its form could not be read. `files` is how many it may have. */
export function uploadProblem(error: unknown, files: number): unknown {
  if (error instanceof MulterError) return problemOfLimit(error, files)
  const { code } = (error ?? {}) as { code?: unknown }
  // The parser of the form gives plain errors; those of the file system have a code, and are ours.
  if (error instanceof Error && code === undefined && error.constructor === Error)
    return new Problem(PROBLEMS['malformed-request'], `The form can not be read: ${error.message}.`)
  return error
}

export function tooLarge(): Problem {
  const problem = `has more than ${IMAGE_LIMITS.bytes} bytes`
  const expected = `at most ${IMAGE_LIMITS.bytes} bytes a file`
  const errors = [{ in: 'files', field: FIELD, problem, expected }] as const
  return new Problem(IMAGE_PROBLEMS['image-too-large'], `${FIELD} ${problem}; expected ${expected}.`, {
    errors,
  })
}

function problemOfLimit({ code, field }: MulterError, files: number): Problem {
  const expected = `at most ${files} of it, and alt once`
  const tooMany = { in: 'files', field: FIELD, problem: 'is given too often', expected } as const
  switch (code) {
    case 'LIMIT_FILE_SIZE':
      return tooLarge()
    case 'LIMIT_FILE_COUNT':
    case 'LIMIT_PART_COUNT':
      return invalidInput([tooMany])
    case 'LIMIT_UNEXPECTED_FILE':
      if (field === FIELD) return invalidInput([tooMany])
      return invalidInput([
        {
          in: 'files',
          field: shown(field),
          problem: 'is a file that is not known here',
          expected: `files in ${FIELD} only`,
        },
      ])
    case 'LIMIT_FIELD_COUNT':
      return invalidInput([refused('alt', 'is not the only field', 'alt once, and no other field but files')])
    case 'LIMIT_FIELD_VALUE':
      return invalidInput([
        refused(shown(field), 'is too long', `at most ${IMAGE_LIMITS.altLength} characters`),
      ])
    default:
      return invalidInput([
        refused(shown(field), 'has a name that is not known here', `only ${FIELD} and alt`),
      ])
  }
}

function refused(field: string, problem: string, expected: string): FieldError {
  return { in: 'body', field, problem, expected }
}

function shown(field: string | undefined): string {
  return (field ?? 'body').slice(0, SHOWN_CHARACTERS)
}
