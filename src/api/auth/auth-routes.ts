import type { Route } from '../route.ts'
import { administrationRoutes } from './administration-routes.ts'
import { demoRoutes } from './demo-routes.ts'
import { factorRoutes } from './factor-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

const AUDIENCES = ['employer', 'office', 'card'] as const
/** All routes of sign-in. Those of the demonstration do not exist in real service. */
export const authRoutes = (kind: 'demo' | 'real'): Route[] => [
  ...AUDIENCES.flatMap((audience) => [
    ...sessionRoutes(audience),
    ...signInRoutes(audience),
    ...factorRoutes(audience),
    ...(kind === 'demo' ? demoRoutes(audience) : []),
  ]),
  ...administrationRoutes(),
]
