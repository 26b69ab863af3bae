import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import helmet from 'helmet'
import multer, { MulterError } from 'multer'
import type { ErrorRequestHandler } from 'nozomi'
import type { Framework } from './framework.mjs'

const MEGABYTE = 1024 * 1024

/** Files by form, by stream and by name; what is kept is served from a folder of its own. */
export function createUploadService(express: Framework, folder: string) {
  const upload = multer({ dest: folder, limits: { fileSize: 5 * MEGABYTE, files: 4 } })
  const images = multer({ storage: multer.memoryStorage(), limits: { fileSize: MEGABYTE } })
  const app = express()
  app.use(helmet())

  app.put('/streams/:name', async (req, res) => {
    await pipeline(req, createWriteStream(join(folder, `stream-${Number(req.params.name)}`)))
    res.sendStatus(204)
  })
  app.post('/files', upload.array('files', 4), (req, res) => {
    const files = (req.files ?? []) as Express.Multer.File[]
    res.status(201).json({ names: files.map(({ originalname }) => originalname), note: req.body.note })
  })
  app.post('/images', images.single('image'), (req, res) => {
    if (!req.file) {
      res.status(400).json({ error: 'image is missing' })
      return
    }
    res.status(201).json({ sha1: createHash('sha1').update(req.file.buffer).digest('hex') })
  })
  app.post('/scans', express.raw({ type: 'application/pdf', limit: '20mb' }), (req, res) => {
    res.json({ bytes: (req.body as Buffer).length })
  })
  app.use(express.json())
  app.post('/albums', (req, res) => res.status(201).json({ title: req.body.title }))
  app.use('/files', express.static(folder, { index: false, redirect: false }))
  app.use(answerError)
  return app
}

const answerError: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof MulterError) res.status(413).json({ error: error.code })
  else next(error)
}
