import multer from 'multer'
import type { ErrorRequestHandler, HandlerOf, Request, RequestHandler } from '../../../../http/framework.js'
import { userOf } from '../../../../http/principal.js'
import { Problem } from '../../../../http/problems/problem.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { IMAGE_LIMITS } from '../../domain/image.js'
import type { ImageFiles, ReceivedFile } from '../../domain/image-files.js'
import type { UploadMeter, UploadProgress } from '../../services/upload-progress.js'
import type { beforeUpload } from '../contracts/image-contracts.js'
import { FIELD } from '../input/image-fields.js'
import { receivedFile, ReceivingEngine } from './receiving-engine.js'
import { tooLarge, uploadProblem } from './upload-problem.js'

const TYPE = 'multipart/form-data'
/** What a form has beside its files. */
const FORM_BYTES = 16_384

/** Reads forms with images. Whatever comes of a form, what was not kept of its files is gone when it is answered. */
export class ImageUpload {
  readonly #files: ImageFiles
  readonly #progress: UploadProgress
  readonly #engine: ReceivingEngine
  readonly #meters = new WeakMap<object, UploadMeter>()
  /** By request: the files of forms that were read whole. Of others, multer itself removes what came. */
  readonly #received = new WeakMap<object, readonly ReceivedFile[]>()

  constructor(files: ImageFiles, progress: UploadProgress) {
    this.#files = files
    this.#progress = progress
    this.#engine = new ReceivingEngine(files, (request, bytes) => this.#meters.get(request)?.add(bytes))
  }

  /** Reads a form with at most so many files. It ends with `done`, or with `failed`. */
  reading(files: number) {
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
      if (error !== undefined && error !== null) throw uploadProblem(error, files)
      if (Array.isArray(req.files)) this.#received.set(req, req.files.map(receivedFile))
      next()
    }
    return [assertForm(files), this.#begin, read] as const
  }

  /** The images of the form are kept. */
  done(req: Request): Promise<void> {
    return this.#end(req, 'done')
  }

  /** For the end of a router with such forms: one of them was refused, or could not be read. */
  readonly failed: ErrorRequestHandler = async (error, req, _res, next) => {
    await this.#end(req, 'failed')
    next(error)
  }

  readonly #begin: HandlerOf<typeof beforeUpload> = async (req, _res, next) => {
    const upload = req.valid.headers['upload-id']
    if (upload !== undefined) {
      const { id } = await userOf(req)
      const length = req.get('Content-Length')
      this.#meters.set(req, this.#progress.begin(id, upload, length === undefined ? null : Number(length)))
    }
    next()
  }

  async #end(req: Request, state: 'done' | 'failed'): Promise<void> {
    for (const file of this.#received.get(req) ?? []) await this.#files.discard(file)
    const meter = this.#meters.get(req)
    // Once: what goes wrong after an upload is done does not undo it.
    this.#meters.delete(req)
    await meter?.end(state)
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
