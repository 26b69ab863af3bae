import { describeCluster } from './cluster-suite.js'

await describeCluster('express')
