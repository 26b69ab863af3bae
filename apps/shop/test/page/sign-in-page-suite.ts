import { after, before, describe } from 'node:test'
import { CHAT_LIMITS } from '#shop/modules/chat/limits.js'
import { CLIENT, TestIdentityProvider } from '../identity/identity-provider.js'
import { memoryStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { browserIsMissing, TestBrowser } from './browser.js'
import { describeSignIn } from './sign-in-suite.js'

/** All ways to sign in, on a shop with an identity provider. */
export function describeSignInPage(framework: Framework): void {
  describe(`signing in in a browser, on ${framework}`, { skip: browserIsMissing }, () => {
    let provider: TestIdentityProvider
    let shop: TestShop
    let browser: TestBrowser

    before(async () => {
      provider = await TestIdentityProvider.listen()
      shop = await testShop({
        framework,
        authenticator: 'real',
        storage: memoryStorage(),
        // What has ended is noticed sooner.
        replaced: { chatLimits: { ...CHAT_LIMITS, sockets: { ...CHAT_LIMITS.sockets, checkEveryMs: 500 } } },
        variables: {
          OIDC_NAME: 'The Provider',
          OIDC_ISSUER: provider.issuer,
          OIDC_CLIENT_ID: CLIENT.id,
          OIDC_CLIENT_SECRET: CLIENT.secret,
        },
      })
      await provider.open(`${shop.address}/sign-in/oidc/callback`)
      browser = await TestBrowser.open(shop.address)
    })

    after(async () => {
      await browser?.close()
      await shop?.stop()
      await provider?.close()
    })

    describeSignIn({ shop: () => shop, browser: () => browser, provider: () => provider })
  })
}
