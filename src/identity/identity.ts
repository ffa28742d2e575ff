import type { Vault } from '../store/vault/vault.ts'
import { HASH_COST, type HashCost, type PasswordHasher, passwordHasher } from './password.ts'
import { PASSWORD_RULES, type PasswordRules } from './password-policy.ts'

/** Who signs in where. Administration is part of the office: same session, other roles. */
export type SessionAudience = 'card' | 'employer' | 'office'
export type AccountKind = 'staff' | 'handler' | 'agency' | 'holder'
export const audienceOf = { staff: 'office', handler: 'employer', agency: 'employer', holder: 'card' } as const satisfies Record<
  AccountKind,
  SessionAudience
>

/** Idle and absolute life of a session (threat SES-4). */
export type SessionLife = { idleMinutes: number; absoluteHours: number }
export type IdentityConfig = {
  kind: 'demo' | 'real'
  sessions: Record<SessionAudience, SessionLife>
  /** How old a renewed proof may be for grant, refuse, publish, role grant, export (threat SES-6). */
  stepUpMinutes: number
  passwords: PasswordRules
  hashing: HashCost
  /** Passkeys are bound to this name for ever; `origins` are the addresses from which they may be used. */
  relyingParty: { id: string; name: string; origins: string[] }
}
/** Values that hold unless the configuration says otherwise. */
export const IDENTITY_DEFAULTS: Omit<IdentityConfig, 'kind' | 'relyingParty'> = {
  sessions: {
    office: { idleMinutes: 15, absoluteHours: 12 },
    employer: { idleMinutes: 60, absoluteHours: 24 },
    card: { idleMinutes: 30, absoluteHours: 24 },
  },
  stepUpMinutes: 5,
  passwords: PASSWORD_RULES,
  hashing: HASH_COST,
}

/** What identity needs of the vault: keyed digests of login names, and sealing of the secrets of one-time codes. */
export type IdentityVault = Pick<Vault, 'createDataKey' | 'destroyKey' | 'seal' | 'open' | 'blind' | 'subKey'>
export type Identity = { config: IdentityConfig; vault: IdentityVault; hasher: PasswordHasher }

/** Opens identity for a process. */
export const openIdentity = (config: IdentityConfig, vault: IdentityVault): Identity => ({
  config,
  vault,
  hasher: passwordHasher(config.hashing),
})

/** In real service officers and employers need a second factor before any role is active; holders prove their person with the card instead. */
export const factorRequired = (identity: Identity, audience: SessionAudience): boolean =>
  identity.config.kind === 'real' && audience !== 'card'

/** Which length rule a new password of this audience has to meet. */
export const passwordRuleOf = ({ config }: Identity, audience: SessionAudience) =>
  audience === 'card' ? config.passwords.holder : config.passwords.withFactor

/** Who asked, for the security record: ids only. */
export type Asked = { at: string; requestId: string }
