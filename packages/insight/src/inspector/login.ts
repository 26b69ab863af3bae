import { createHash } from 'node:crypto'
import { type InspectorRequest, type InspectorResponse, refuse, send } from './messages.js'
import { formatSession, isToken } from './session.js'

const LONGEST_FORM = 4096

const STYLE = `:root{color-scheme:light dark}
body{font:15px/1.5 ui-sans-serif,system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;margin:0;
background:light-dark(#f6f7f9,#12151a);color:light-dark(#1b2430,#dfe5ec)}
form{display:grid;gap:12px;width:min(320px,86vw)}h1{font-size:17px;margin:0}p{margin:0;color:light-dark(#a3221c,#ff9d94)}
input,button{font:inherit;padding:8px 10px;border-radius:6px;border:1px solid light-dark(#b6bfca,#465060);
background:light-dark(#fff,#1a1f26);color:inherit}
button{background:#0b5cad;border-color:transparent;color:#fff;font-weight:600}
:focus-visible{outline:2px solid light-dark(#0b5cad,#7db8f5);outline-offset:2px}
label{display:grid;gap:4px}`

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** The form that asks for the token. Needs no script. `path` is where the inspector is mounted. */
export function sendLogin(
  req: InspectorRequest,
  res: InspectorResponse,
  path: string,
  isWrong: boolean,
): void {
  res.setHeader('Content-Security-Policy', POLICY)
  res.setHeader('WWW-Authenticate', 'Bearer realm="inspector"')
  send(req, res, 401, 'text/html; charset=utf-8', formatLogin(path, isWrong))
}

/** Takes the form: the token becomes a cookie. Nothing else of the inspector takes a POST, and it changes nothing. */
export function logIn(req: InspectorRequest, res: InspectorResponse, token: string, path: string): void {
  readToken(req).then(
    (given) => {
      if (!isToken(given, token)) return sendLogin(req, res, path, true)
      res.setHeader('Set-Cookie', formatSession(req, token, path))
      res.setHeader('Location', path)
      send(req, res, 303, 'text/plain; charset=utf-8', 'You are in.\n')
    },
    () => refuse(req, res, 400, 'The form could not be read.'),
  )
}

async function readToken(req: InspectorRequest): Promise<unknown> {
  if (typeof req.body === 'object' && req.body !== null) return (req.body as { token?: unknown }).token
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of req as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > LONGEST_FORM) throw new Error('the form is too long')
    pieces.push(piece)
  }
  return new URLSearchParams(Buffer.concat(pieces).toString()).get('token')
}

function formatLogin(path: string, isWrong: boolean): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Inspector</title><style>${STYLE}</style></head>
<body><form method="post" action="${escapeAttribute(path)}/login"><h1>Inspector</h1>
${isWrong ? '<p role="alert">That is not the token.</p>' : ''}
<label>Token <input name="token" type="password" autocomplete="current-password" required autofocus></label>
<button>Open</button></form></body></html>`
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
