/** The client of Socket.IO: a file of its own, which only who is signed in gets. */
export { io } from 'socket.io-client'
