/* As Cloudflare has it for servers of node:http. */
import { httpServerHandler } from 'cloudflare:node'
import { app } from './app.mjs'

app.listen(3000)
export default httpServerHandler({ port: 3000 })
