// Packages without types of their own, and without any that fit beside the others' here.
declare module 'cookie-session'
declare module 'hbs'
declare module 'swagger-stats'
