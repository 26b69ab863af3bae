// An ES module; with what libraries and users add to the types of Express.
import compression from 'compression'
import cookieParser from 'cookie-parser'
import cors from 'cors'
import express, { type RequestHandler, Router, static as serveStatic } from 'express'
import * as everything from 'express'
import { rateLimit } from 'express-rate-limit'
import session from 'express-session'
import type * as core from 'express-serve-static-core'
import helmet from 'helmet'
import morgan from 'morgan'
import multer from 'multer'
import passport from 'passport'

declare global {
  namespace Express {
    interface Request {
      tenant?: string
    }
    interface Locals {
      nonce: string
    }
  }
}

// What many guides say instead of the global namespace.
declare module 'express-serve-static-core' {
  interface Request {
    correlationId?: string
  }
}

const app = express()
app.use(helmet(), cors(), compression(), morgan('dev'), cookieParser(), rateLimit({ limit: 10 }))
app.use(session({ secret: 'keyboard cat' }), passport.initialize())
app.use('/static', serveStatic('public', { maxAge: '1d' }), everything.static('other'))

app.get('/orgs/:org/users/:user', async (req, res) => {
  const { org, user } = req.params satisfies { org: string; user: string }
  const tenant: string | undefined = req.tenant
  const correlationId: string | undefined = req.correlationId
  const nonce: string = res.locals.nonce
  res.json({ org, user, tenant, correlationId, nonce })
})

// Handlers that are typed by @types/express-serve-static-core, as those of libraries are.
const foreign: core.RequestHandler = (req, res, next) => {
  if (req.correlationId) res.status(200).end()
  else next()
}
const own: RequestHandler = foreign
app.use(foreign, own)
Router().get('/', foreign, multer().none(), own)

export default app
