import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKeyPair, exportJWK } from 'jose'
import { clientOf } from '../support/client.js'
import { Visitor } from './visitor.js'

export const CLIENT = { id: 'shop', secret: 'client-secret-0123456789-0123456789' }

/** What the provider says about somebody. */
export interface Account {
  readonly email?: string
  readonly email_verified?: unknown
  readonly name?: string
}

type Handler = (req: IncomingMessage, res: ServerResponse) => void

/** An OpenID Connect provider in this process: oidc-provider, whose users sign in without being asked. */
export class TestIdentityProvider {
  readonly #server: Server
  readonly #accounts = new Map<string, Account>()
  #handler: Handler = (_req, res) => void res.writeHead(503).end()
  /** Who signs in next; null: who is there says no. */
  visiting: string | null = null
  /** Whether it shows a page for each question, with a button for yes and one for no: for people with a browser. */
  asks = false

  private constructor(server: Server) {
    this.#server = server
  }

  /** Listens, and answers 503 until `open`: the shop has to know its address first. */
  static async listen(): Promise<TestIdentityProvider> {
    const server = createServer()
    const provider = new TestIdentityProvider(server)
    server.on('request', (req, res) => provider.#handler(req, res))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return provider
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async open(redirectUri: string): Promise<void> {
    const warn = console.warn
    // It asks for a newer Node at each import; what we use of it runs.
    console.warn = () => {}
    const { Provider } = await import('oidc-provider').finally(() => (console.warn = warn))
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [redirectUri],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }] },
      cookies: { keys: ['cookie-secret'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_context: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, ...this.#accounts.get(id) }),
      }),
      ttl: {
        AccessToken: 600,
        AuthorizationCode: 60,
        Grant: 600,
        IdToken: 600,
        Interaction: 600,
        Session: 600,
      },
    })
    const callback = provider.callback()
    this.#handler = (req, res) => {
      if (!req.url?.startsWith('/interaction/')) return callback(req, res)
      this.#interact(provider, req, res).catch((error: unknown) => res.writeHead(500).end(String(error)))
    }
  }

  /** Somebody who can sign in there. */
  add(subject: string, account: Account): void {
    this.#accounts.set(subject, account)
  }

  /**
   * Walks a browser from where the shop sends it through the provider; gives the address, with its query, to which it
   * is sent back.
   */
  async visit(address: string, subject: string | null): Promise<string> {
    this.visiting = subject
    const browser = new Visitor(clientOf(this.issuer))
    let next = new URL(address)
    for (let steps = 0; steps < 10; steps++) {
      const answer = await browser.ask(`${next.pathname}${next.search}`)
      const location = answer.headers.get('location')
      if (location === null) throw new Error(`the provider answered ${answer.status}: ${answer.text}`)
      next = new URL(location, this.issuer)
      if (next.origin !== this.issuer) return `${next.pathname}${next.search}`
    }
    throw new Error('the provider sends its visitors around')
  }

  /** Answers 503 from now on. */
  breakDown(): void {
    this.#handler = (_req, res) => void res.writeHead(503).end()
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #interact(
    provider: InstanceType<typeof import('oidc-provider').Provider>,
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<void> {
    const { prompt, session, params } = await provider.interactionDetails(req, res)
    const answer = new URL(req.url ?? '/', this.issuer).searchParams.get('answer')
    if (this.asks && answer === null) {
      res.setHeader('Content-Type', 'text/html').end(questionPage(prompt.name))
      return
    }
    if (this.visiting === null || answer === 'no') {
      const refusal = { error: 'access_denied', error_description: 'the user said no' }
      return provider.interactionFinished(req, res, refusal)
    }
    if (prompt.name === 'login') {
      return provider.interactionFinished(req, res, { login: { accountId: this.visiting } })
    }
    const grant = new provider.Grant({
      accountId: session?.accountId ?? '',
      clientId: String(params.client_id),
    })
    grant.addOIDCScope(String(params.scope))
    return provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } })
  }
}

function questionPage(question: string): string {
  return `<!doctype html><html lang="en"><title>The identity provider</title><link rel="icon" href="data:,"><h1>The identity provider: ${question}</h1>
<form><button name="answer" value="yes">Yes</button> <button name="answer" value="no">No</button></form></html>`
}
