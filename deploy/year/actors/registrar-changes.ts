import type { Actor } from '../actor.ts';
import { postsOf, type RegistrarView, recordOf, registrarPayload } from '../world/accounts.ts';
import type { World } from '../world/world.ts';

const DAYS = ['2025-11-04', '2026-03-10'];
const SHARE = 0.12;

type Payload = { registrar: RegistrarView | null };

/** Schools get a second registrar: nominated, trained, filed, opened, in this order and no other (ACC-02, ACC-05). */
export const actor: Actor = {
  name: 'registrar changes',
  at: '08:45',
  act: async (day, world) => {
    if (!DAYS.includes(day)) return;
    const principals = postsOf(world).filter(({ isPrincipal }) => isPrincipal);
    const random = world.random('schools');
    const chosen = principals.filter((_, nth) => nth === 0 || random.chance(SHARE));
    for (const { workplace, higher } of chosen) {
      const login = `year-second-${workplace}-${day}`;
      const nominated = await order(world, higher, 'nominateRegistrar', 'NominateRegistrarInput', {
        school: workplace,
        roles: ['REGISTRAR'],
        subject: login,
        name: '甄文书',
        isEstablishmentStaff: true,
      });
      if (nominated === null) continue;
      await order(world, higher, 'activateAccount', 'ActivateAccountInput', seen(nominated), ['NOT_FILED']);
      const trained = await order(world, higher, 'recordTraining', 'RecordTrainingInput', {
        ...seen(nominated),
        trainedOn: day,
      });
      const filed =
        trained && (await order(world, higher, 'fileRegistrar', 'FileRegistrarInput', seen(trained)));
      if (filed)
        await order(world, higher, 'activateAccount', 'ActivateAccountInput', {
          ...seen(filed),
          hasPassword: false,
        });
      const record = await recordOf(world, higher, { workplace }, login);
      if (record?.state !== 'ACTIVE')
        world.tally.violated(`a registrar is ${record?.state} after training, filing and opening`);
    }
  },
};

const seen = ({ id, version }: RegistrarView) => ({ registrar: id, expectedVersion: version });

const order = async (
  world: World,
  as: Parameters<World['order']>[0]['as'],
  does: string,
  type: string,
  input: Record<string, unknown>,
  expects: readonly string[] = [],
): Promise<RegistrarView | null> =>
  (await world.order<Payload>({ as, does, type, gives: registrarPayload, input, expects }))?.registrar ??
  null;
