import { describeShop } from '../support/describe-shop.js'
import { describeDeadEvents } from './dead-events-suite.js'

await describeShop('the keeping of events', describeDeadEvents, { sampleData: false })
