import type { ShadowReport, TrafficRequest } from '../types/shadow.js'
import { resolveOptions, type ResolvedOptions, type ShadowOptions } from './shadow-options.js'
import { ShadowStage } from './shadow-stage.js'
import { makeProbes } from './traffic/probes.js'
import { readRequest } from './traffic/request-line.js'
import { readTraffic } from './traffic/read-traffic.js'
import { isSafe } from './traffic/safe-methods.js'

/**
 * Runs an application twice, on stock Express and on Nozomi, sends the same requests to both, and reports in what the answers
 * differ. Without traffic it sends probes made from the route list, with safe methods only.
 *
 * @throws ShadowUsageError, FrameworkError, TrafficError; ShadowStartError when the application does not start on one side
 */
export async function runShadow(options: ShadowOptions): Promise<ShadowReport> {
  const resolved = resolveOptions(options)
  const recorded = readAll(resolved)
  const stage = new ShadowStage(resolved, recorded === null)
  await stage.start()
  try {
    const requests = recorded ?? probesFor(stage)
    for (const request of requests) await stage.run(request)
    return stage.finish(requests.some(({ method }) => !isSafe(method)))
  } finally {
    await stage.stop()
  }
}

/** Null: there is no traffic. */
function readAll({ traffic, origin }: ResolvedOptions): TrafficRequest[] | null {
  if (traffic.length === 0) return null
  return traffic.flatMap((one, at) =>
    typeof one === 'string' ? readTraffic(one, origin) : [readRequest(one, `traffic[${at}]`)],
  )
}

function probesFor(stage: ShadowStage): TrafficRequest[] {
  const { routes, asked } = stage.side('nozomi').ready
  if (routes.length === 0) {
    stage.report.warn(
      'No route was found, so that only a few general probes were sent. Give traffic: --traffic.',
    )
  }
  stage.report.warn(
    'Only probes were sent: no request that changes something, and made-up values for parameters.',
  )
  return makeProbes(routes, asked === null || asked === 0 ? 'localhost' : `localhost:${asked}`)
}
