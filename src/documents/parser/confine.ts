import dgram from 'node:dgram'
import net from 'node:net'

const refuse = (): never => {
  throw new Error('a parser has no network')
}

/** Takes the network from this process: parsers of foreign bytes have nobody to talk to but their owner (threat UPL-3). */
export function confine(): void {
  net.Socket.prototype.connect = refuse
  net.Server.prototype.listen = refuse
  dgram.Socket.prototype.bind = refuse
  dgram.Socket.prototype.send = refuse
  globalThis.fetch = async () => refuse()
  globalThis.WebSocket = class {
    constructor() {
      refuse()
    }
  } as unknown as typeof WebSocket
}
