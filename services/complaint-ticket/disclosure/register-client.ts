import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { Registration } from './disclosure-input.ts';

/** An authority registers another system by the name in its tokens (PRV-07); registered once, it stays with who did so. */
export const registerClient = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<{ client: string }> => {
  const caller = authorize(actor, 'client.register');
  const { idempotencyKey: key, ...asked } = parseInput(Registration, input);
  const at = core.clock.now();
  return asWorker(core.worker, (tx) =>
    once(tx, { operation: 'registerClient', caller: caller.subject, key, request: asked, at }, async () => {
      await execute(
        tx,
        `insert into disclosure_client (client, name, unit, registered_by, registered_at) values ($1, $2, $3, $4, $5)
         on conflict (client) do nothing`,
        [asked.client, asked.name, unitOf(caller), caller.subject, at],
      );
      return { client: asked.client };
    }),
  );
};
