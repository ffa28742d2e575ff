import type { TestProject } from 'vitest/node'
import { startTestCluster } from './cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string
    appUrl: string
  }
}

/** One cluster a run for all database tests. */
export default async function setup(project: TestProject) {
  const { ownerUrl, appUrl, stop } = await startTestCluster()
  project.provide('ownerUrl', ownerUrl)
  project.provide('appUrl', appUrl)
  return stop
}
