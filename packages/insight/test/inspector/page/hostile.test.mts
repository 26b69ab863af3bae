import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LayerNode } from '#dist/types/layer-tree.js'
import type { Finding } from '#dist/types/finding.js'
import { at, LAYERS } from '../bookshop.mjs'
import { FakeSource } from '../fake-source.mjs'
import { incident, record, run } from '../records.mjs'
import { browserIsMissing } from './browser.mjs'
import { useBrowser } from './opened.mjs'

/** Markup, the end of a script, of an attribute and of a style, at once; it says where it was shown. */
function attack(where: string): string {
  return `"'></script></style></title><img src=x onerror="window.owned='${where}'"><script>window.owned='${where}'</script><b>${where}</b>`
}

/** A source in which every text that can be chosen by somebody is an attack. */
class HostileSource extends FakeSource {
  override layersNow: readonly LayerNode[] = LAYERS.map((layer) => hostileLayer(layer))
  override findingsNow: readonly Finding[] = [
    {
      rule: attack('rule'),
      severity: 'error',
      what: attack('what'),
      why: attack('why'),
      mend: attack('mend'),
      place: { ...at(attack('file'), 1, 1) },
    },
  ]

  override explain(): ReturnType<FakeSource['explain']> {
    const layer = {
      name: attack('step'),
      kind: attack('kind'),
      pattern: attack('path'),
      methods: [attack('verb')],
      depth: 0,
      verdict: 'runs' as const,
      why: attack('because'),
      params: { [attack('key')]: attack('value') },
      place: null,
    }
    return {
      method: 'GET',
      url: attack('url'),
      end: { status: 404, layer: null, text: attack('ends') },
      layers: [layer],
      nearest: [
        {
          method: attack('near'),
          pattern: attack('nearby'),
          text: attack('differs'),
          instead: attack('instead'),
          place: null,
        },
      ],
    }
  }
}

function hostileLayer(layer: LayerNode): LayerNode {
  return {
    ...layer,
    name: attack(`layer`),
    fullPaths: [attack('route')],
    methods: layer.methods.length > 0 ? [attack('method')] : [],
    children: layer.children.map((child) => hostileLayer(child)),
  }
}

function hostileSource(): FakeSource {
  const url = `/${attack('url')}`
  return new HostileSource([
    record(1, {
      url,
      method: attack('METHOD'),
      route: attack('pattern'),
      status: 500,
      requestFields: [
        [attack('field'), attack('value')],
        ['Cookie', attack('cookie')],
      ],
      responseFields: [[attack('answer'), attack('given')]],
      error: {
        name: attack('error'),
        message: attack('message'),
        stack: `x\n${attack('stack')}`,
        place: at('app.js', 9, 1),
      },
      runs: [
        run(attack('run'), [0, 1, 2], {
          kind: 'router',
          baseUrl: attack('base'),
          place: at(attack('place'), 1, 1),
        }),
      ],
      incidents: [incident('hung', 1, url, attack('incident'), [{ what: attack('what'), place: null }])],
    }),
  ])
}

describe('what a hostile client sends', { skip: browserIsMissing }, () => {
  const open = useBrowser()

  it('is text wherever the inspector shows it', async (t) => {
    const { page, complaints, asked, serving } = await open(t, {
      source: hostileSource(),
      application: attack('application'),
    })
    const seen = async (...texts: string[]) => {
      for (const text of texts) {
        await page.getByText(`<b>${text}</b>`).first().waitFor({ state: 'attached' })
      }
      assert.equal(await page.evaluate('window.owned'), undefined)
      assert.equal(await page.locator('img, b, iframe').count(), 0)
      assert.equal(await page.locator('script').count(), 1)
    }
    await seen('application', 'url', 'METHOD')
    await page.getByRole('listbox').getByRole('option').click()
    await seen(
      'pattern',
      'field',
      'value',
      'answer',
      'error',
      'message',
      'stack',
      'run',
      'base',
      'incident',
      'what',
    )
    await page.keyboard.press('2')
    await seen('incident', 'what')
    await page.keyboard.press('3')
    await seen('rule', 'what', 'why', 'mend', 'layer', 'route', 'method')
    await page.goto(
      `${serving.page}#/explain?${new URLSearchParams({ url: `/${attack('typed')}` }).toString()}`,
    )
    await seen('step', 'kind', 'path', 'because', 'key', 'ends', 'near', 'nearby', 'differs', 'instead')
    await page.getByRole('searchbox').fill(attack('searched'))
    await seen()
    // Nothing even tried: the policy had nothing to forbid, and nothing was loaded.
    assert.deepEqual(complaints, [])
    assert.deepEqual(
      asked.filter((address) => !address.startsWith(serving.origin) && !address.startsWith('data:')),
      [],
    )
  })

  it('is no markup in what the page itself says is wrong', async (t) => {
    const source = new FakeSource()
    source.layers = () => {
      throw new Error(attack('thrown'))
    }
    const { page, complaints } = await open(t, { source })
    await page.keyboard.press('3')
    await page.getByRole('alert').getByText('<b>thrown</b>').waitFor()
    assert.equal(await page.locator('img, b').count(), 0)
    // The browser notes the status of the answer.
    assert.deepEqual(
      complaints.filter((text) => !text.includes('500')),
      [],
    )
  })

  it('could not run if it were markup: the policy forbids it', async (t) => {
    const { page, complaints } = await open(t)
    await page.getByText('63 requests').waitFor()
    const outcome = await page.evaluate(`(() => {
      try {
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.owned=1">')
        return 'inserted'
      } catch (error) {
        return error.name
      }
    })()`)
    assert.equal(outcome, 'TypeError')
    assert.ok(
      complaints.some((text) => /TrustedHTML/.test(text)),
      complaints.join('\n'),
    )
  })
})
