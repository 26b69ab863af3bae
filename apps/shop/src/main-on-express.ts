/** The same shop on stock Express 5. */
process.env.FRAMEWORK = 'express'
await import('./main.js')
