import type { Envelope } from '../../domain/kernel.ts'
import type { Scope } from '../../store/application.ts'
import { getForm } from '../../store/form.ts'
import { bindPerson } from '../../store/person.ts'
import { type Acted, actOnApplication } from '../act-on-application.ts'
import { gatherWorld } from '../gather-world.ts'
import type { Outcome } from '../once.ts'
import type { Tools } from '../tools.ts'

/**
 * Files an application: fixes office, pack and person in one event. The person is recognised by the passport's blind index alone and the filer gets
 * the same answer for a known and an unknown one (threat EMP-3). An incomplete filing binds nobody.
 */
export async function submit(
  tools: Tools,
  envelope: Envelope,
  scope: Scope,
  caseNo: string,
  body: { expectedVersion?: number },
): Promise<Outcome<Acted>> {
  return actOnApplication(tools, envelope, {
    by: { caseNo },
    scope,
    body,
    command: { type: 'submit' },
    ...(body.expectedVersion === undefined ? {} : { expectedVersion: body.expectedVersion }),
    extras: async (tx, loaded) => {
      if (loaded.state.subject !== 'person' || loaded.state.stage !== 'draft') return {}
      const form = await getForm(tx, tools.vault, loaded.state.id, loaded.state.formVersion)
      const world = await gatherWorld(tools, tx, loaded, envelope, 'submit', { form })
      if (world.faults.length > 0 || !form.identity) return { form }
      return { form, personId: await bindPerson(tx, tools.vault, form.identity, loaded.state.id) }
    },
  })
}
