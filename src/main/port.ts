import { createServer } from 'node:net'
import { Problem } from './problem.ts'

/** Turns a failure to listen into a `Problem` with the way out; other errors come back as they are. */
export function whyNotListening(error: unknown, port: number, setting: string): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE')
    return new Problem(`Port ${port} is taken by another program: stop it, or choose another one with ${setting}=${port + 10}.`)
  if (code === 'EACCES') return new Problem(`Port ${port} is reserved for root: choose one above 1023 in ${setting}.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new Problem('LAIHUA_HOST is no address of this machine: correct it.')
  return error
}

/** Tries a port before anything else is started, so that the answer comes at once. */
export function freeOrProblem(host: string, port: number, setting: string): Promise<void> {
  if (port === 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => reject(whyNotListening(error, port, setting)))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()))
  })
}
