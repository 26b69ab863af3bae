import { describeExportStreams } from './export-streams-suite.js'

describeExportStreams('express')
