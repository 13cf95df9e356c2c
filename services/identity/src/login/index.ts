import { counter } from '@fineract-gitops/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Interaction, Provider } from 'oidc-provider';
import { messagePage } from '../pages/message.ts';
import { findUser, type User } from '../store/users.ts';
import { acceptForms, requireSameOrigin } from './form.ts';
import { newPasswordStep } from './new-password.ts';
import { passwordStep } from './password.ts';
import type { LoginForm, LoginProgress, LoginStep, LoginTools, StepResult } from './step.ts';

/** What a login asks for, in this order; each step says whether this login needs it. */
const loginSteps: readonly LoginStep[] = [passwordStep, newPasswordStep];

export type LoginOptions = LoginTools & { provider: Provider; issuer: string };

type Visit = {
  interaction: Interaction;
  progress: LoginProgress;
  user: User | null;
  step: LoginStep | undefined;
};

const logins = counter({
  name: 'identity_logins_total',
  help: 'Sign-in attempts by outcome',
  labelNames: ['outcome'],
});

/** The login pages: `GET` shows the step that is due, `POST` takes its form. */
export async function loginRoutes(server: FastifyInstance, options: LoginOptions): Promise<void> {
  const url = `${new URL(options.issuer).pathname}/login-actions/authenticate/:uid`;
  acceptForms(server);
  server.get<{ Params: { uid: string } }>(url, async (request, reply) => {
    const visit = await resume(options, request, reply);
    if (visit === null) return showExpired(reply);
    if (visit.step === undefined) return finish(options, request, reply, visit);
    const view = { action: request.url, user: visit.user };
    return reply.type('text/html; charset=utf-8').send(visit.step.page(view));
  });
  server.post<{ Params: { uid: string }; Body: LoginForm }>(
    url,
    { preValidation: requireSameOrigin(new URL(options.issuer).origin) },
    async (request, reply) => {
      const visit = await resume(options, request, reply);
      if (visit === null) return showExpired(reply);
      const { step, user, progress } = visit;
      if (step === undefined) return finish(options, request, reply, visit);
      const result = await step.submit(options, request.body, user);
      if (!result.passed) return showAgain(request, reply, visit, result);
      const passed = [...progress.passed, step.name];
      await saveProgress(options.provider, request, reply, { userId: result.userId, passed });
      return reply.redirect(request.url, 303);
    },
  );
}

/** The login that the browser's cookie and the address agree on, or nothing when it has expired. */
async function resume(
  { provider, database }: LoginOptions,
  request: FastifyRequest<{ Params: { uid: string } }>,
  reply: FastifyReply,
): Promise<Visit | null> {
  const interaction = await findInteraction(provider, request, reply);
  if (interaction === null || interaction.uid !== request.params.uid) return null;
  const progress = (interaction.result?.['progress'] as LoginProgress | undefined) ?? { passed: [] };
  const user = progress.userId === undefined ? null : await findUser(database, progress.userId);
  const step = loginSteps.find((each) => each.isNeeded(progress, user));
  return { interaction, progress, user, step };
}

async function findInteraction(
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Interaction | null> {
  try {
    return await provider.interactionDetails(request.raw, reply.raw);
  } catch (error) {
    if ((error as { name?: string }).name === 'SessionNotFound') return null;
    throw error;
  }
}

async function saveProgress(
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
  progress: LoginProgress,
): Promise<void> {
  await provider.interactionResult(request.raw, reply.raw, { progress }, { mergeWithLastSubmission: false });
}

async function finish(
  { provider }: LoginOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { progress, user }: Visit,
): Promise<FastifyReply> {
  if (user === null || !user.enabled) return showExpired(reply);
  const amr = loginSteps.flatMap((step) =>
    progress.passed.includes(step.name) && step.amr ? [step.amr] : [],
  );
  const result = { login: { accountId: user.id, amr, remember: false } };
  const returnTo = await provider.interactionResult(request.raw, reply.raw, result, {
    mergeWithLastSubmission: false,
  });
  logins.inc({ outcome: 'success' });
  request.log.info({ event: 'login', userId: user.id, amr }, 'signed in');
  return reply.redirect(returnTo, 303);
}

function showAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  { step, user }: Visit,
  result: StepResult & { passed: false },
): FastifyReply {
  const { statusCode, message, username, retryAfterSeconds } = result;
  const outcome = { 400: 'incomplete', 401: 'refused', 429: 'locked' }[statusCode];
  logins.inc({ outcome });
  request.log.warn({ event: 'login', outcome, step: step?.name }, 'sign-in refused');
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  const view = { action: request.url, user, message, ...(username === undefined ? {} : { username }) };
  return reply.code(statusCode).type('text/html; charset=utf-8').send(step?.page(view));
}

function showExpired(reply: FastifyReply): FastifyReply {
  const body = messagePage({
    title: 'This sign-in has expired',
    text: 'It took too long, was already used, or was started in another browser.',
    detail: 'Go back to the application that you want to use; it starts a new one.',
  });
  return reply.code(400).type('text/html; charset=utf-8').send(body);
}
