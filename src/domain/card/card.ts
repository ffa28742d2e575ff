import { type Day, type Decision, type Envelope, type Instant, no, yes } from '../kernel.ts'
import type { Refusal } from '../refusals.ts'

type Fact<T extends string, D = unknown> = { type: T; v: 1 } & D

/** The permit on a device: belongs to the person, outlives one permit, and is closed by the window or by the holder's own report. */
export type Card = {
  id: string
  personId: string
  accountId: string
  standing: 'enrolling' | 'held' | 'frozen' | 'closed'
  /** Real-person checks by day; an attempt costs a try only when the person was judged (threat REG-4). */
  tries: Record<Day, number>
  check: 'none' | 'doubted' | 'confirmed'
  confirmedBy?: 'camera' | 'officer' | 'window'
  consents: { code: string; version: number; on: Day }[]
}

export type CardEvent =
  | Fact<'enrolmentStarted', { id: string; personId: string; accountId: string; permitId: string }>
  | Fact<'consentGiven', { consent: string; version: number; on: Day }>
  | Fact<
      'personConfirmed',
      { by: 'camera' | 'officer' | 'window'; attemptId?: string; clerks?: string[]; score?: number; model?: string; on: Day }
    >
  | Fact<'personDoubted', { attemptId: string; score: number; model: string; on: Day }>
  | Fact<'personRefused', { attemptId: string; advice: string; score?: number; model: string; on: Day }>
  | Fact<'cardFrozen', { by: 'holder' | 'receipt' | 'window'; at: Instant }>
  | Fact<'cardThawed', { by: 'window'; at: Instant }>
  | Fact<'shown', { at: Instant }>
  | Fact<'cardClosed', { reason: 'resetAtWindow' | 'lost' | 'personLeft'; at: Instant }>

export type CardCommand =
  | { type: 'giveConsent'; consent: string; version: number }
  | {
      type: 'judgePerson'
      attemptId: string
      outcome: 'pass' | 'officer' | 'refused'
      score: number | undefined
      model: string
      advice: string
    }
  | { type: 'settleDoubt'; attemptId: string; confirmed: boolean }
  | { type: 'confirmAtWindow'; secondClerk: { personId: string } }
  | { type: 'freeze'; by: 'holder' | 'receipt' | 'window' }
  | { type: 'thaw' }
  | { type: 'show' }
  | { type: 'close'; reason: 'resetAtWindow' | 'lost' | 'personLeft' }

/** `faceConsent` names the separate consent of the pack that must stand before the camera (PIPL art. 29). */
export type CardWorld = { envelope: Envelope; today: Day; triesADay: number; faceConsent: string; tomorrow: Instant }
export const CARD_SHAPE = 1

/** Answers an order to a card. */
export function decideCard(c: Card, command: CardCommand, world: CardWorld): Decision<CardEvent, Refusal> {
  const { at, actor } = world.envelope
  const on = world.today
  const refuse = () => no({ code: 'cardNotOpen', standing: c.standing } as const)
  switch (command.type) {
    case 'giveConsent':
      return c.standing === 'closed'
        ? refuse()
        : yes([{ type: 'consentGiven', v: 1, consent: command.consent, version: command.version, on }])
    case 'judgePerson': {
      if (c.standing !== 'enrolling') return refuse()
      if (!c.consents.some((x) => x.code === world.faceConsent)) return no({ code: 'consentMissing', consent: world.faceConsent })
      if ((c.tries[on] ?? 0) >= world.triesADay) return no({ code: 'noTriesLeft', again: world.tomorrow })
      const { attemptId, model } = command
      if (command.outcome === 'pass')
        return yes([
          {
            type: 'personConfirmed',
            v: 1,
            by: 'camera',
            attemptId,
            model,
            on,
            ...(command.score === undefined ? {} : { score: command.score }),
          },
        ])
      if (command.outcome === 'officer') return yes([{ type: 'personDoubted', v: 1, attemptId, score: command.score ?? 0, model, on }])
      return yes([
        {
          type: 'personRefused',
          v: 1,
          attemptId,
          advice: command.advice,
          model,
          on,
          ...(command.score === undefined ? {} : { score: command.score }),
        },
      ])
    }
    case 'settleDoubt':
      if (c.standing !== 'enrolling' || c.check !== 'doubted') return refuse()
      return command.confirmed
        ? yes([{ type: 'personConfirmed', v: 1, by: 'officer', attemptId: command.attemptId, on }])
        : yes([{ type: 'personRefused', v: 1, attemptId: command.attemptId, advice: 'window', model: 'officer', on }])
    case 'confirmAtWindow':
      if (c.standing !== 'enrolling') return refuse()
      // Two human beings, not two accounts, see the person (threat WIN-1).
      if (command.secondClerk.personId === actor.personId) return no({ code: 'secondClerkNeeded' })
      return yes([{ type: 'personConfirmed', v: 1, by: 'window', clerks: [actor.personId, command.secondClerk.personId], on }])
    case 'freeze':
      return c.standing === 'closed'
        ? refuse()
        : c.standing === 'frozen'
          ? yes([])
          : yes([{ type: 'cardFrozen', v: 1, by: command.by, at }])
    case 'thaw':
      return c.standing === 'frozen' ? yes([{ type: 'cardThawed', v: 1, by: 'window', at }]) : refuse()
    case 'show':
      return c.standing === 'held' ? yes([{ type: 'shown', v: 1, at }]) : refuse()
    case 'close':
      return c.standing === 'closed' ? yes([]) : yes([{ type: 'cardClosed', v: 1, reason: command.reason, at }])
    default:
      return command satisfies never
  }
}

/** Applies one fact to a card. */
export function evolveCard(state: Card | undefined, event: CardEvent): Card {
  if (event.type === 'enrolmentStarted')
    return {
      id: event.id,
      personId: event.personId,
      accountId: event.accountId,
      standing: 'enrolling',
      tries: {},
      check: 'none',
      consents: [],
    }
  if (!state) throw new Error(`a card begins with enrolmentStarted, not ${event.type}`)
  const c = state
  const tried = (on: Day) => ({ ...c.tries, [on]: (c.tries[on] ?? 0) + 1 })
  switch (event.type) {
    case 'consentGiven':
      return { ...c, consents: [...c.consents, { code: event.consent, version: event.version, on: event.on }] }
    case 'personConfirmed':
      return {
        ...c,
        standing: c.standing === 'enrolling' ? 'held' : c.standing,
        check: 'confirmed',
        confirmedBy: event.by,
        tries: event.by === 'camera' ? tried(event.on) : c.tries,
      }
    case 'personDoubted':
      return { ...c, check: 'doubted', tries: tried(event.on) }
    case 'personRefused':
      return { ...c, check: 'none', tries: event.model === 'officer' ? c.tries : tried(event.on) }
    case 'cardFrozen':
      return { ...c, standing: 'frozen' }
    case 'cardThawed':
      return { ...c, standing: c.check === 'confirmed' ? 'held' : 'enrolling' }
    case 'shown':
      return c
    case 'cardClosed':
      return { ...c, standing: 'closed' }
    default:
      return event satisfies never
  }
}
