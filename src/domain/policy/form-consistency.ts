import type { FilingForm } from '../application/form.ts'
import { addMonths } from '../clock/calendar.ts'
import type { Day } from '../kernel.ts'
import { gapsIn } from './derive.ts'
import type { TellFault } from './form-faults.ts'
import type { Section } from './words.ts'

// A day before this is a slip of the pen: nobody who files was born then. A term beyond this many months is one too.
const OLDEST_DAY = '1900-01-01'
const LONGEST_TERM_MONTHS = 600

/** Contradictions inside a form: days out of order, two answers to one question, figures that do not agree. */
export function consistencyFaults(form: FilingForm, has: (section: Section) => boolean, on: Day, tell: TellFault): void {
  if (has('identity')) identityFaults(form, on, tell)
  if (has('education')) listFaults(form.education ?? [], 'education', form.identity?.bornOn, on, tell)
  if (has('experience')) {
    listFaults(form.experience ?? [], 'experience', form.identity?.bornOn, on, tell)
    for (const gap of gapsIn(form.experience ?? [], on))
      tell('experience', `experience.gap.${gap.from}.${gap.until}`, 'experienceGap', 'warn')
  }
  if (has('job')) jobFaults(form, tell)
  if (has('family')) familyFaults(form, on, tell)
}

function identityFaults({ identity = {} }: FilingForm, on: Day, tell: TellFault): void {
  const { bornOn, passportIssuedOn: issued, passportExpiresOn: expires } = identity
  if (identity.oneName === true && (identity.givenNames ?? '') !== '') tell('identity', 'identity.givenNames', 'oneNameTwoParts')
  if (bornOn && bornOn >= on) tell('identity', 'identity.bornOn', 'inFuture')
  if (bornOn && bornOn < OLDEST_DAY) tell('identity', 'identity.bornOn', 'tooLongAgo')
  if (issued && issued > on) tell('identity', 'identity.passportIssuedOn', 'inFuture')
  if (issued && bornOn && issued < bornOn) tell('identity', 'identity.passportIssuedOn', 'beforeBirth')
  if (issued && expires && issued >= expires) tell('identity', 'identity.passportExpiresOn', 'datesReversed')
  else if (expires && expires < on) tell('identity', 'identity.passportExpiresOn', 'passportOver')
  // Ordinary for refugees and territories of a state: told, never refused.
  if (identity.nationality && identity.passportIssuedBy && identity.nationality !== identity.passportIssuedBy)
    tell('identity', 'identity.passportIssuedBy', 'passportIssuerDiffers', 'warn')
}

/** Schools and jobs: each ends after it began, began after birth and not in the future. One still under way has no end. */
function listFaults(
  rows: { from?: Day | undefined; until?: Day | undefined }[],
  section: 'education' | 'experience',
  bornOn: Day | undefined,
  on: Day,
  tell: TellFault,
): void {
  for (const [i, { from, until }] of rows.entries()) {
    if (from && until && until < from) tell(section, `${section}.${i}.until`, 'datesReversed')
    if (from && from > on) tell(section, `${section}.${i}.from`, 'inFuture')
    const first = from ?? until
    if (first && bornOn && first < bornOn) tell(section, `${section}.${i}.${from ? 'from' : 'until'}`, 'beforeBirth')
  }
}

function jobFaults({ job = {}, identity = {} }: FilingForm, tell: TellFault): void {
  const { startsOn, endsOn, payPerMonth, payPerYear } = job
  if (startsOn && endsOn && endsOn < startsOn) tell('job', 'job.endsOn', 'datesReversed')
  else if (startsOn && endsOn && addMonths(startsOn, LONGEST_TERM_MONTHS) < endsOn) tell('job', 'job.endsOn', 'termImplausible')
  if (endsOn && identity.passportExpiresOn && endsOn > identity.passportExpiresOn)
    tell('job', 'job.endsOn', 'contractOutlivesPassport', 'warn')
  // A monthly figure that was rounded may miss the year by up to twelve fen and half: only more is told (CON-8).
  if (payPerMonth !== undefined && payPerYear !== undefined && Math.abs(payPerYear - 12 * payPerMonth) > 12)
    tell('job', 'job.payPerYear', 'yearlyPayDiffers', 'warn')
}

function familyFaults({ family = [] }: FilingForm, on: Day, tell: TellFault): void {
  const seen = new Set<string>()
  for (const [i, relative] of family.entries()) {
    if (relative.bornOn && relative.bornOn > on) tell('family', `family.${i}.bornOn`, 'inFuture')
    if (!relative.passportNumber || !relative.nationality) continue
    const key = `${relative.nationality} ${relative.passportNumber}`
    if (seen.has(key)) tell('family', `family.${i}.passportNumber`, 'familyTwice')
    seen.add(key)
  }
}
