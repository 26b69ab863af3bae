import { answerError } from '../../harness/handlers.js'
import type { Stage } from '../../harness/stage.js'

export type JsonOptions = NonNullable<Parameters<Stage['express']['json']>[0]>

/** An app that notes the JSON body, so that undefined and prototypes are seen, and answers errors with their facts. */
export function parsing({ express, note }: Stage, options?: JsonOptions) {
  const app = express()
  app.use(express.json(options))
  app.use((req, res) => {
    note('body', req.body)
    res.send('parsed')
  })
  app.use(answerError)
  return app
}
