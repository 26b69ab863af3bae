// The file that Sentry's guide calls instrument.js. Events are kept here instead of being sent.
import * as Sentry from '@sentry/node'

const transactions: unknown[] = []
const errors: unknown[] = []

Sentry.init({
  dsn: 'http://public@127.0.0.1:9/1',
  tracesSampleRate: 1,
  beforeSendTransaction(event) {
    const spans = event.spans?.map((span) => ({ op: span.op, description: span.description }))
    transactions.push({ name: event.transaction, op: event.contexts?.trace?.op, spans })
    return null
  },
  beforeSend(event) {
    errors.push({
      message: event.exception?.values?.[0]?.value,
      handled: event.exception?.values?.[0]?.mechanism?.handled,
      url: event.request?.url,
      transaction: event.transaction,
    })
    return null
  },
})

process.on('message', () => {
  void Sentry.flush(1000).then(() => process.send?.({ transactions, errors }))
})
