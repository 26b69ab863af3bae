// CommonJS with esModuleInterop: default imports, and the types imported by name.
import compression from 'compression'
import cookieParser from 'cookie-parser'
import cors from 'cors'
import express, {
  type Application,
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express'
import { rateLimit } from 'express-rate-limit'
import session from 'express-session'
import helmet from 'helmet'
import morgan from 'morgan'
import multer from 'multer'
import passport from 'passport'

interface Item {
  id: string
  label: string
}

const app: Application = express()
app.use(helmet(), cors(), compression(), morgan('dev'), cookieParser())
app.use(session({ secret: 'keyboard cat' }))
app.use(rateLimit({ limit: 10 }))
app.use(passport.initialize(), passport.session())

const requireUser: RequestHandler = (req, res, next) => {
  if (req.user) next()
  else res.status(401).end()
}

function list(req: Request<{ shelf: string }, Item[], never, { limit?: string }>, res: Response<Item[]>) {
  const { limit } = req.query
  // @ts-expect-error an item needs a label
  res.json([{ id: '1' }])
  res.json([{ id: req.params.shelf, label: limit ?? '' }])
}

const router = Router()
router.get('/:shelf', requireUser, list)
router.post('/:shelf', multer().array('photos', 3), (req: Request, res: Response, next: NextFunction) => {
  const photos = req.files as Express.Multer.File[]
  if (photos.length === 0) next()
  else res.send(photos.map((photo) => photo.originalname).join())
})
app.use('/shelves', router)

const onError: ErrorRequestHandler = (error: Error, _req, res, _next) =>
  void res.status(500).send(error.message)
app.use(onError)

const server = app.listen(0, (error) => {
  if (error) throw error
})
server.close()
