import { oneInstance } from '../chat/instances.js'
import { describeSlowClients } from './slow-client-suite.js'

describeSlowClients('live stock on nozomi', () => oneInstance())
