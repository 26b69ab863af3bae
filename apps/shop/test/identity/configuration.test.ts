import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StartError } from '#shop/platform/configuration/start-error.js'
import { type Configuration, readConfiguration } from '#shop/start/configuration.js'
import { SECRETS } from './describe-identity.js'

const OIDC = { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'shop', OIDC_CLIENT_SECRET: 's3cret' }

function refusal(variables: Record<string, string>): string {
  try {
    readConfiguration(variables)
  } catch (error) {
    assert.ok(error instanceof StartError)
    return error.message
  }
  return assert.fail('it was taken')
}

function security(variables: Record<string, string>): Configuration['security'] {
  return readConfiguration(variables).security
}

describe('the configuration of accounts', () => {
  it('has sample accounts and made up secrets in development only', () => {
    const { identity } = readConfiguration({})
    assert.deepEqual(identity, {
      production: false,
      sampleAccounts: true,
      tokenSecret: null,
      sessionSecret: null,
      federation: null,
      firstAdmin: null,
    })
    assert.equal(readConfiguration({ NODE_ENV: 'test' }).identity.sampleAccounts, false)
    const inProduction = readConfiguration({ NODE_ENV: 'production', ...SECRETS }).identity
    assert.deepEqual([inProduction.production, inProduction.sampleAccounts], [true, false])
    assert.equal(inProduction.tokenSecret, SECRETS.TOKEN_SECRET)
  })

  it('names each secret that production needs', () => {
    const both = refusal({ NODE_ENV: 'production' })
    assert.match(both, /^TOKEN_SECRET is missing.*\nSESSION_SECRET is missing/)
    const { SESSION_SECRET: _left, ...others } = SECRETS
    assert.match(refusal({ NODE_ENV: 'production', ...others }), /^SESSION_SECRET is missing/)
  })

  it('names secrets that are too short and does not repeat them', () => {
    for (const name of Object.keys(SECRETS)) {
      const message = refusal({ [name]: 'too-short' })
      assert.match(message, new RegExp(`^${name} is not right; expected at least 32`))
      assert.ok(!message.includes('too-short'))
    }
  })

  it('takes what goes together only together', () => {
    assert.match(
      refusal({ ADMIN_EMAIL: 'a@x.org' }),
      /^ADMIN_PASSWORD is missing; ADMIN_EMAIL, ADMIN_PASSWORD go/,
    )
    assert.match(
      refusal({ OIDC_ISSUER: 'https://id.example' }),
      /^OIDC_CLIENT_ID, OIDC_CLIENT_SECRET is missing/,
    )
    const admin = { ADMIN_EMAIL: 'Boss@X.org', ADMIN_PASSWORD: 'ten letters' }
    assert.deepEqual(readConfiguration(admin).identity.firstAdmin, {
      email: 'boss@x.org',
      password: 'ten letters',
    })
  })

  it('takes an identity provider over https, or on this machine', () => {
    assert.equal(readConfiguration(OIDC).identity.federation?.redirectUri, null)
    assert.equal(readConfiguration(OIDC).identity.federation?.name, 'id.example')
    assert.equal(readConfiguration({ ...OIDC, OIDC_NAME: 'Acme' }).identity.federation?.name, 'Acme')
    assert.match(refusal({ ...OIDC, OIDC_NAME: 'x'.repeat(41) }), /^OIDC_NAME is .*1 to 40 characters/)
    for (const issuer of ['http://127.0.0.1:9000', 'http://localhost/realm'])
      assert.equal(readConfiguration({ ...OIDC, OIDC_ISSUER: issuer }).identity.federation?.issuer, issuer)
    for (const issuer of ['http://id.example', 'id.example', 'ftp://id.example'])
      assert.match(
        refusal({ ...OIDC, OIDC_ISSUER: issuer }),
        /^OIDC_ISSUER is .*; expected the https address/,
      )
    const production = { NODE_ENV: 'production', ...SECRETS, ...OIDC }
    assert.match(refusal(production), /^OIDC_REDIRECT_URI is missing/)
    const uri = 'https://shop.example/sign-in/oidc/callback'
    const { federation } = readConfiguration({ ...production, OIDC_REDIRECT_URI: uri }).identity
    assert.equal(federation?.redirectUri, uri)
  })

  it('names what is no environment', () => {
    assert.match(
      refusal({ NODE_ENV: 'prod' }),
      /^NODE_ENV is "prod"; expected development, test or production/,
    )
  })
})

describe('the configuration of the guards', () => {
  it('trusts nobody, lets no other site in, and has a limit when nothing is set', () => {
    assert.deepEqual(security({}), { trustProxy: false, corsOrigins: [], rateLimit: 600 })
  })

  it('takes proxies by number, by name, and by network', () => {
    for (const [text, value] of [
      ['off', false],
      ['2', 2],
      ['loopback', ['loopback']],
      ['loopback, 10.0.0.0/8,192.0.2.7', ['loopback', '10.0.0.0/8', '192.0.2.7']],
      ['2001:db8::/32', ['2001:db8::/32']],
    ] as const)
      assert.deepEqual(security({ TRUST_PROXY: text }).trustProxy, value)
    for (const text of [
      'true',
      'on',
      'all',
      '*',
      '10.0.0.0/33',
      '10.0.0/8',
      'x.example',
      '-1',
      '10.0.0.0/8/8',
    ])
      assert.match(refusal({ TRUST_PROXY: text }), /^TRUST_PROXY is ".*"; expected off, the number/)
  })

  it('takes origins, and nothing that looks like one', () => {
    const origins = ['https://admin.example', 'http://localhost:8080']
    assert.deepEqual(security({ CORS_ORIGINS: origins.join(' , ') }).corsOrigins, origins)
    for (const text of [
      '*',
      'null',
      'admin.example',
      'https://admin.example/',
      'https://*.example',
      'https://a.example, x',
    ])
      assert.match(refusal({ CORS_ORIGINS: text }), /^CORS_ORIGINS is/)
  })

  it('takes a limit, or none', () => {
    assert.equal(security({ RATE_LIMIT: 'off' }).rateLimit, null)
    assert.equal(security({ RATE_LIMIT: '5' }).rateLimit, 5)
    for (const text of ['0', '-1', 'x', '1.5']) assert.match(refusal({ RATE_LIMIT: text }), /^RATE_LIMIT is/)
  })
})
