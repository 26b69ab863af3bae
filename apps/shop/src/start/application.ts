import type { AwilixContainer } from 'awilix'
import type { Application } from '../http/framework.js'
import { PROBLEMS } from '../http/problems/problem-catalogue.js'
import type { ProblemKinds } from '../http/problems/problem.js'
import { createShopApplication } from '../http/shop-application.js'
import type { AnyModule } from '../modules/module.js'
import type { Cradle } from './modules.js'

/** The application with all that the modules add to it. */
export function createApplicationOf(
  container: AwilixContainer<Cradle>,
  modules: readonly AnyModule[],
): Application {
  const { cradle } = container
  return createShopApplication({
    container,
    log: cradle.log,
    draining: cradle.draining,
    insight: cradle.insight,
    authenticator: cradle.authenticator,
    security: cradle.configuration.security,
    state: cradle.state,
    observers: modules.flatMap((module) => module.observers?.(cradle) ?? []),
    middleware: modules.flatMap((module) => module.middleware?.(cradle) ?? []),
    api: modules.flatMap((module) => module.api?.(cradle) ?? []),
    site: modules.flatMap((module) => module.site?.(cradle) ?? []),
    problems: problemsOf(modules),
    translations: modules.flatMap(({ problemOf }) => problemOf ?? []),
  })
}

function problemsOf(modules: readonly AnyModule[]): ProblemKinds {
  const all: Record<string, ProblemKinds[string]> = { ...PROBLEMS }
  for (const { name, problems = {} } of modules) {
    for (const [code, kind] of Object.entries(problems)) {
      if (code in all) throw new Error(`the module ${name} has a problem that there is already: ${code}`)
      all[code] = kind
    }
  }
  return all
}
