import type { FilingForm } from '../../domain/application/form.ts'
import type { Envelope } from '../../domain/kernel.ts'
import type { Scope } from '../../store/application.ts'
import { changedSections, getForm, saveForm } from '../../store/form.ts'
import { type Acted, actOnApplication } from '../act-on-application.ts'
import { done, type Outcome } from '../once.ts'
import type { Tools } from '../tools.ts'

/** Keeps what was typed as the next sealed version of the form; in a correction only the named sections may differ. */
export async function saveDraft(
  tools: Tools,
  envelope: Envelope,
  scope: Scope,
  caseNo: string,
  body: { expectedVersion?: number; form: FilingForm; ground?: string },
): Promise<Outcome<Acted>> {
  return actOnApplication(tools, envelope, {
    by: { caseNo },
    scope,
    body,
    ...(body.expectedVersion === undefined ? {} : { expectedVersion: body.expectedVersion }),
    extras: { form: body.form },
    command: async (tx, { state, dataKeyId }) => {
      const ground = body.ground === undefined ? {} : { ground: body.ground }
      const before = await getForm(tx, tools.vault, state.id, state.formVersion)
      // Typing that changed nothing makes no new version: equal data, equal version.
      if (state.formVersion > 0 && changedSections(before, body.form).length === 0)
        return done({ type: 'saveDraft' as const, formVersion: state.formVersion, ...ground })
      const formVersion = state.formVersion + 1
      await saveForm(tx, tools.vault, state.id, dataKeyId, formVersion, body.form)
      return done({ type: 'saveDraft' as const, formVersion, ...ground })
    },
  })
}
