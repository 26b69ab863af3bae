import { describeCluster } from './cluster-suite.js'

await describeCluster('nozomi')
