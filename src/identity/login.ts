import type { IdentityVault, SessionAudience } from './identity.ts'

/** How a login is typed: a chosen name, or the holder's permit or social security number. */
export type LoginKind = 'name' | 'permitNumber' | 'socialNumber'
export type Login = { kind: LoginKind; value: string }

/** One form a login has, however it is typed: numbers lose spaces and dashes, names only case and width. */
export const plainLogin = ({ kind, value }: Login): string =>
  kind === 'name'
    ? value.normalize('NFKC').trim().toLowerCase()
    : value
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '')

/** The keyed digest under which a login is stored. */
export const loginBlind = (vault: IdentityVault, audience: SessionAudience, login: Login): Buffer =>
  vault.blind('login', `${audience}\u0000${login.kind}\u0000${plainLogin(login)}`)
