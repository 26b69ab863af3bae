import { describeBrokenServers } from './broken-servers-suite.js'

await describeBrokenServers('nozomi')
