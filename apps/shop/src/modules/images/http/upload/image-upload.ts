import multer from 'multer'
import type { Request, RequestHandler } from '../../../../http/framework.js'
import { userOf } from '../../../../http/principal.js'
import { invalidInput } from '../../../../http/problems/invalid-input.js'
import { Problem } from '../../../../http/problems/problem.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { IMAGE_LIMITS } from '../../domain/image.js'
import type { ImageFiles, ReceivedFile } from '../../domain/image-files.js'
import type { UploadMeter, UploadProgress } from '../../services/upload-progress.js'
import { FIELD } from '../input/image-fields.js'
import { uploadIdOf } from '../input/upload-id.js'
import { receivedFile, ReceivingEngine } from './receiving-engine.js'
import { tooLarge, uploadProblem } from './upload-problem.js'

const TYPE = 'multipart/form-data'
/** What a form has beside its files. */
const FORM_BYTES = 16_384

/** Reads forms with images. */
export class ImageUpload {
  readonly #files: ImageFiles
  readonly #progress: UploadProgress
  readonly #engine: ReceivingEngine
  readonly #meters = new WeakMap<object, UploadMeter>()

  constructor(files: ImageFiles, progress: UploadProgress) {
    this.#files = files
    this.#progress = progress
    this.#engine = new ReceivingEngine(files, (request, bytes) => this.#meters.get(request)?.add(bytes))
  }

  /** Reads a form with at most so many files. Whoever comes next takes them with `taking`. */
  reading(files: number): RequestHandler[] {
    const form = multer({
      storage: this.#engine,
      limits: {
        fileSize: IMAGE_LIMITS.bytes,
        files,
        fields: 1,
        parts: files + 1,
        fieldNameSize: 100,
        // In bytes: a character has up to four.
        fieldSize: IMAGE_LIMITS.altLength * 4,
        headerPairs: 20,
      },
    }).array(FIELD, files)
    const read: RequestHandler = async (req, res, next) => {
      const error = await new Promise<unknown>((resolve) => {
        form(req, res, resolve)
      })
      if (error !== undefined && error !== null) {
        await this.#end(req, 'failed')
        throw uploadProblem(error, files)
      }
      next()
    }
    return [assertForm(files), this.#begin, read]
  }

  /** Runs work on the files that came, at least one; whatever comes of it, what was not kept is gone afterwards. */
  async taking<T>(req: Request, work: (files: readonly ReceivedFile[]) => Promise<T>): Promise<T> {
    const received = ((req.files ?? []) as readonly Express.Multer.File[]).map(receivedFile)
    let state: 'done' | 'failed' = 'failed'
    try {
      if (received.length === 0) throw missing()
      const result = await work(received)
      state = 'done'
      return result
    } finally {
      for (const file of received) await this.#files.discard(file)
      await this.#end(req, state)
    }
  }

  readonly #begin: RequestHandler = async (req, _res, next) => {
    const upload = uploadIdOf(req)
    if (upload !== null) {
      const { id } = await userOf(req)
      const length = req.get('Content-Length')
      this.#meters.set(req, this.#progress.begin(id, upload, length === undefined ? null : Number(length)))
    }
    next()
  }

  async #end(req: Request, state: 'done' | 'failed'): Promise<void> {
    await this.#meters.get(req)?.end(state)
  }
}

/** Refuses what is no form, and what says itself that it is too large, before it is read. */
function assertForm(files: number): RequestHandler {
  return function formRequired(req, _res, next) {
    if (!req.is(TYPE)) {
      const type = req.get('Content-Type')
      const sent =
        type === undefined ? 'It has no Content-Type' : `Its Content-Type is ${JSON.stringify(type)}`
      throw new Problem(
        PROBLEMS['unsupported-media-type'],
        `The body must be a form with files. ${sent}; expected ${TYPE}.`,
        { headers: { Accept: TYPE } },
      )
    }
    if (Number(req.get('Content-Length') ?? 0) > files * IMAGE_LIMITS.bytes + FORM_BYTES) throw tooLarge()
    next()
  }
}

function missing(): Problem {
  return invalidInput([{ in: 'body', field: FIELD, problem: 'is missing', expected: 'a file' }])
}
