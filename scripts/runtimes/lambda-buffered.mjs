import nozomi from 'nozomi'
import { app } from './app.mjs'

export const handler = nozomi.lambda(app)
