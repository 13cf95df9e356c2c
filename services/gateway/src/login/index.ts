import type { FastifyInstance } from 'fastify';
import { backchannelLogoutRoutes } from './backchannel-logout.ts';
import { beginRoutes } from './begin.ts';
import { callbackRoutes } from './callback.ts';
import { logoutRoutes } from './logout.ts';
import { sessionRoutes } from './session-route.ts';
import type { LoginTools } from './tools.ts';

export { formTargets, type LoginTools } from './tools.ts';

/** Signing in and out, in the order a browser meets it. */
const parts = [beginRoutes, callbackRoutes, sessionRoutes, logoutRoutes, backchannelLogoutRoutes];

export async function loginRoutes(server: FastifyInstance, tools: LoginTools): Promise<void> {
  for (const part of parts) await server.register(part, tools);
}
