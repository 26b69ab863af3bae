import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import cors from 'cors'
import session from 'express-session'
import helmet from 'helmet'
import multer from 'multer'
import type { RequestHandler } from 'nozomi'
import { type Application, type Framework, nextLine, testRule } from '../support/rule-cases.mjs'
import { temporaryFolder } from '../support/temporary-folder.mjs'

function folderWith(...names: string[]): string {
  const folder = temporaryFolder()
  for (const name of names) writeFileSync(join(folder, name), '{}')
  return folder
}

testRule('static-exposes-files', {
  faults: {
    'a folder with the package.json of a project'(express) {
      const app = express()
      const root = folderWith('package.json', 'index.html')
      const at = nextLine()
      app.use(express.static(root))
      return { app, at, what: /^serveStatic serves \/.*, which holds package\.json$/u }
    },
    'dotfiles that are allowed'(express) {
      const app = express()
      const root = folderWith('.env', 'index.html')
      const at = nextLine()
      app.use('/files', express.static(root, { dotfiles: 'allow' }))
      return { app, at, what: /^serveStatic at \/files serves .*, which holds \.env$/u }
    },
  },
  innocents: {
    'a folder of pages'(express) {
      return express().use(express.static(folderWith('index.html')))
    },
    'dotfiles that are not served'(express) {
      return express().use(express.static(folderWith('.env', 'index.html')))
    },
    'the folder .well-known'(express) {
      const root = folderWith('index.html')
      mkdirSync(join(root, '.well-known'))
      return express().use(express.static(root, { dotfiles: 'allow' }))
    },
    'a package of others'(express) {
      const root = join(folderWith(), 'node_modules', 'bootstrap')
      mkdirSync(root, { recursive: true })
      writeFileSync(join(root, 'package.json'), '{}')
      return express().use(express.static(root))
    },
    'a folder that is not there'(express) {
      return express().use(express.static(join(folderWith(), 'later')))
    },
  },
})

testRule('cors-any-origin-with-credentials', {
  faults: {
    'an origin that is always mirrored'(express) {
      const app = express()
      const at = nextLine()
      app.use(cors({ origin: true, credentials: true }))
      return { app, at, what: /cors\(\) allows credentials to every origin/u }
    },
    'no origin'(express) {
      const app = express()
      const at = nextLine()
      app.use('/api', cors({ credentials: true }))
      return { app, at, what: /^corsMiddleware at \/api: .* the origin \*/u }
    },
    'a pattern that everything matches'(express) {
      const app = express()
      const at = nextLine()
      app.get('/users', cors({ origin: [/^https?:/u], credentials: true }), (_req, res) => res.json([]))
      return { app, at, what: /^GET \/users: / }
    },
    'a function that always agrees'(express) {
      const app = express()
      const at = nextLine()
      app.use(cors({ origin: (_origin, done) => done(null, true), credentials: true }))
      return { app, at, what: /every origin/u }
    },
  },
  innocents: {
    'any origin without credentials'(express) {
      return express().use(cors())
    },
    'credentials for one origin'(express) {
      return express().use(cors({ origin: 'https://app.example.com', credentials: true }))
    },
    'a pattern that strangers do not match'(express) {
      return express().use(cors({ origin: [/\.example\.com$/u, 'https://other.test'], credentials: true }))
    },
    'a function that decides'(express) {
      const known = new Set(['https://app.example.com'])
      return express().use(
        cors({ origin: (origin, done) => done(null, known.has(String(origin))), credentials: true }),
      )
    },
    'options that are made for each request'(express) {
      return express().use(cors((_req, done) => done(null, { origin: true, credentials: true })))
    },
  },
})

const SESSION = { secret: 'a secret', resave: false, saveUninitialized: false }

class TableStore extends session.Store {
  override get(_id: string, done: (error: unknown, session?: null) => void): void {
    done(null, null)
  }

  override set(_id: string, _session: session.SessionData, done?: () => void): void {
    done?.()
  }

  override destroy(_id: string, done?: () => void): void {
    done?.()
  }
}

function withCookie(cookie: session.CookieOptions | undefined) {
  return (express: Framework): Application =>
    express().use(session({ ...SESSION, store: new TableStore(), ...(cookie ? { cookie } : {}) }))
}

testRule('session-cookie-insecure', {
  options: { production: true },
  faults: {
    'a cookie without secure'(express) {
      const app = express()
      const at = nextLine()
      app.use(session({ ...SESSION, cookie: { sameSite: 'lax' } }))
      return { app, at, what: /^The cookie of session is sent over plain HTTP/u }
    },
  },
  innocents: {
    'a secure cookie': withCookie({ secure: true }),
    'one that is secure where the connection is': withCookie({ secure: 'auto' }),
    'a cookie that is made for each request'(express) {
      const cookie = (() => ({ secure: false })) as unknown as session.CookieOptions
      return express().use(session({ ...SESSION, cookie }))
    },
    'other middleware of that name'(express) {
      return express().use(function session(_req, _res, next) {
        next()
      })
    },
  },
})

testRule('session-cookie-insecure', {
  faults: {},
  innocents: {
    'an application that is not in production'(express) {
      return express().use(session(SESSION))
    },
  },
})

testRule('session-cookie-same-site', {
  options: { production: true },
  faults: {
    'a cookie without sameSite'(express) {
      const app = express()
      const at = nextLine()
      app.use(session({ ...SESSION, cookie: { secure: true } }))
      return { app, at, what: /^The cookie of session has no sameSite/u }
    },
  },
  innocents: {
    'a cookie that stays with the site': withCookie({ sameSite: 'strict' }),
    'one that is told to go everywhere': withCookie({ sameSite: 'none', secure: true }),
  },
})

testRule('session-memory-store', {
  options: { production: true },
  faults: {
    'the default store'(express) {
      const app = express()
      const at = nextLine()
      app.use(session(SESSION))
      return { app, at, what: /^session keeps its sessions in the memory of the process/u }
    },
  },
  innocents: {
    'a store outside': withCookie(undefined),
  },
})

testRule('body-limit-off', {
  faults: {
    'a parser without a limit'(express) {
      const app = express()
      const at = nextLine()
      app.use(express.json({ limit: Number.POSITIVE_INFINITY }))
      return { app, at, what: /^jsonParser takes bodies of any size$/u }
    },
    'a parser of a route with a limit that is none'(express) {
      const app = express()
      const at = nextLine()
      app.post('/import', express.text({ limit: '2gb' }), (_req, res) => res.end())
      return { app, at, what: /^POST \/import: textParser takes bodies of up to 2048 MB/u }
    },
  },
  innocents: {
    'the default'(express) {
      return express().use(express.json(), express.urlencoded(), express.raw(), express.text())
    },
    'a limit of some megabytes'(express) {
      return express().use(express.raw({ limit: '50mb' }))
    },
  },
})

testRule('upload-limit-missing', {
  faults: {
    'uploads of any size'(express) {
      const app = express()
      const at = nextLine()
      app.post('/files', multer().single('file'), (_req, res) => res.end())
      return { app, at, what: /^POST \/files: multer takes files of any size/u }
    },
    'uploads of any size, in any number of fields'(express) {
      const app = express()
      const at = nextLine()
      app.use(multer({ limits: { files: 3 } }).any())
      return { app, at, what: /any size/u }
    },
  },
  innocents: {
    'a limit'(express) {
      return express().use(multer({ limits: { fileSize: 1000 } }).array('files'))
    },
    'limits that are made for each request'(express) {
      const limits = (() => ({ fileSize: 1000 })) as unknown as { fileSize: number }
      return express().use(multer({ limits }).array('files'))
    },
  },
})

testRule('trust-proxy-true', {
  faults: {
    'a setting that believes everybody'(express) {
      const app = express()
      const at = nextLine()
      app.set('trust proxy', true)
      return { app, at, what: /^The setting 'trust proxy' is true/u }
    },
    'the same by enable()'(express) {
      const app = express()
      const at = nextLine()
      app.enable('trust proxy')
      return { app, at, what: /'trust proxy' is true/u }
    },
  },
  innocents: {
    'a number of proxies'(express) {
      return express().set('trust proxy', 1)
    },
    'the default'(express) {
      return express()
    },
  },
})

/** As helmet does, with nothing in its text that says so: a bundle that was minified has no other names either. */
function inTurn(...parts: RequestHandler[]): RequestHandler {
  return (req, res, next) => {
    const waiting = parts.values()
    const goOn = (): void => void (waiting.next().value ?? next)(req, res, goOn)
    goOn()
  }
}

testRule('x-powered-by', {
  faults: {
    'the default'(express) {
      const at = nextLine()
      const app = express()
      return { app, at, what: /^Every answer says X-Powered-By/u }
    },
    'helmet that leaves it'(express) {
      const at = nextLine()
      const app = express()
      return { app: app.use(helmet({ xPoweredBy: false })), at, what: /X-Powered-By/u }
    },
    'middleware that runs others, which leave it'(express) {
      const at = nextLine()
      const app = express()
      return { app: app.use(inTurn(helmet.noSniff(), helmet.hsts())), at, what: /X-Powered-By/u }
    },
  },
  innocents: {
    'an application that is silent'(express) {
      return express().disable('x-powered-by')
    },
    helmet(express) {
      return express().use(helmet())
    },
    'a part of helmet'(express) {
      return express().use(helmet.xPoweredBy())
    },
    'middleware that takes it away'(express) {
      return express().use((_req, res, next) => {
        res.removeHeader('X-Powered-By')
        next()
      })
    },
    'middleware that runs others, one of which takes it away'(express) {
      return express().use(inTurn(helmet.noSniff(), helmet.xPoweredBy()))
    },
  },
})
