import { insight, type InsightMiddleware } from '@nozomi/insight'
import type { Log } from '../../platform/log/log.js'
import type { Application } from '../framework.js'
import type { InsightConfiguration } from './configuration.js'

/** The application explains itself: what hangs, who answers twice, what is registered wrong; and the page at `/_inspector`. */
export class ShopInsight {
  readonly #configuration: InsightConfiguration
  readonly #log: Log
  #middleware: InsightMiddleware | null = null

  constructor(configuration: InsightConfiguration, log: Log) {
    this.#configuration = configuration
    this.#log = log
  }

  /** To be called before anything else is registered: then it knows the line of each layer. */
  watch(app: Application): void {
    const { isOn, inspectorToken } = this.#configuration
    if (!isOn) return
    this.#middleware = insight(app, {
      enabled: true,
      inspector: { application: 'shop', ...(inspectorToken !== null && { token: inspectorToken }) },
      report: ({ kind, message }) => this.#log.warn(message, { incident: kind }),
    })
    app.use(this.#middleware)
  }

  stop(): void {
    this.#middleware?.stop()
    this.#middleware = null
  }
}
