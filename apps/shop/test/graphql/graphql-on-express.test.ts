import { after } from 'node:test'
import { describeShop } from '../support/describe-shop.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { describeGraph, describeGraphInside } from './graphql-suite.js'

const { path, remove } = temporaryFolder()
after(remove)

await describeShop('the graph', describeGraph, { framework: 'express', variables: { IMAGES_DIR: path } })
describeGraphInside('express')
