import { describeBehindNginx } from './behind-nginx-suite.js'

await describeBehindNginx('express')
