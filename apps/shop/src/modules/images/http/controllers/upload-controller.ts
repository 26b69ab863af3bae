import type { HandlerOf, Request, Response } from '../../../../http/framework.js'
import { userOf } from '../../../../http/principal.js'
import { Problem } from '../../../../http/problems/problem.js'
import { contextOf } from '../../../../http/request-context.js'
import type { Progress, UploadProgress } from '../../services/upload-progress.js'
import type { readUpload } from '../contracts/upload-contracts.js'
import { IMAGE_PROBLEMS } from '../problems.js'

/** Who waits longer for an upload asks again. */
const STREAM_LIMIT_MS = 120_000

/** How far an upload is: now, or as it goes. For who uploads; nobody else sees it. */
export class UploadController {
  readonly #progress: UploadProgress
  readonly #open = new Set<Response>()

  constructor(progress: UploadProgress) {
    this.#progress = progress
  }

  read: HandlerOf<typeof readUpload> = async (req, res) => {
    const { upload } = req.valid.params
    const { id } = await userOf(req)
    res.vary('Accept')
    if (req.accepts(['application/json', 'text/event-stream']) === 'text/event-stream') {
      await this.#stream(req, res, id, upload)
      return
    }
    const progress = await this.#progress.read(id, upload)
    if (progress === null) {
      throw new Problem(IMAGE_PROBLEMS['upload-not-found'], `Nothing is known of your upload ${upload}.`)
    }
    res.json(progress)
  }

  /** Ends the streams: they would keep the shop from stopping. */
  readonly drain = async (): Promise<void> => {
    for (const res of this.#open) res.end()
  }

  /** Events from now on, and first how it is; the upload need not have begun. Ends with it. */
  async #stream(req: Request, res: Response, owner: string, upload: string): Promise<void> {
    let isOver = false
    const tell = (progress: Progress): void => {
      if (isOver) return
      res.write(`event: progress\ndata: ${JSON.stringify(progress)}\n\n`)
      isOver = progress.state !== 'receiving'
      if (isOver) res.end()
    }
    const unsubscribe = await this.#progress.watch(owner, upload, tell)
    const limit = setTimeout(() => res.end(), STREAM_LIMIT_MS)
    this.#open.add(res)
    res.once('close', () => {
      isOver = true
      clearTimeout(limit)
      this.#open.delete(res)
      unsubscribe().catch((error: unknown) => contextOf(req).log.error('a subscription did not end', error))
    })
    // no-transform: what compresses would keep events back.
    res.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    })
    res.flushHeaders()
    const known = await this.#progress.read(owner, upload)
    if (known !== null) tell(known)
  }
}
