import { describeTracing } from './tracing-suite.js'

await describeTracing('nozomi')
