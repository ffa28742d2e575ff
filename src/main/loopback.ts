import { isIPv6 } from 'node:net'

/** Whether a host name or address can only be reached from this machine. A name other than localhost is not believed. */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[|\]$/g, '')
  if (bare === 'localhost' || bare === '::1') return true
  if (isIPv6(bare)) return /^::ffff:127\./.test(bare)
  return /^127(\.\d{1,3}){3}$/.test(bare)
}
