/* `app.listen()`, where a runtime has node:http: on the server that is named in NOZOMI_SERVER. */
import { app } from './app.mjs'

const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`))
