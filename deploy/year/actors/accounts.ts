import type { Actor } from '../actor.ts';
import { nthOf } from '../days.ts';
import { type Post, postsOf, recordOf, registrarPayload } from '../world/accounts.ts';
import { informationCentre } from '../world/desks.ts';
import type { World } from '../world/world.ts';

/** Rounds between two changes of a password, and between two logins of those who do nothing else. */
const PASSWORD_ROUNDS = 11;
const LOGIN_ROUNDS = 8;
const FORGETS_PASSWORD = 0.08;
const NEVER_SIGNS_IN = 0.04;
/** Before the rules of Shanxi nobody asks for a new password; from then on an old one keeps its holder out. */
const PASSWORDS_FROM = '2025-11-18';
/** When those who never signed in remember that they have an account. */
const REMEMBERS_ON = '2026-03-24';

/** People sign in, change their passwords, forget to, and are let in again (ACC-10, ACC-12, ACC-13). */
export const actor: Actor = {
  name: 'accounts',
  at: '07:30',
  act: async (day, world) => {
    const nth = nthOf(world.shared.days, day);
    await world.each(postsOf(world), async (post) => {
      const fate = world.fate(post.desk.sub);
      const isForgetful = fate.chance(FORGETS_PASSWORD) && post.isPrincipal;
      const isAbsent = fate.chance(NEVER_SIGNS_IN) && post.isPrincipal;
      const round = fate.between(0, 99);
      if (isAbsent) {
        if (day === REMEMBERS_ON) await unseal(world, post);
        return;
      }
      const isDue = day >= PASSWORDS_FROM && (nth + round) % PASSWORD_ROUNDS === 0;
      if (isDue && !(isForgetful && day < '2026-05')) await changePassword(world, post);
      if ((nth + round) % (post.isPrincipal ? 2 * LOGIN_ROUNDS : LOGIN_ROUNDS) === 0)
        await signIn(world, post);
    });
  },
};

const changePassword = async (world: World, { desk }: Post): Promise<void> => {
  await world.order({
    as: informationCentre,
    does: 'recordPasswordChange',
    type: 'RecordPasswordChangeInput',
    gives: 'recorded',
    input: { subject: desk.sub, changedAt: `${world.today}T00:40:00+08:00` },
  });
};

/** Whoever is kept out by an old password changes it, and is in the next time. */
const signIn = async (world: World, post: Post): Promise<void> => {
  const { faults } = await world.shared.graph.ask(post.desk, '{ viewer { name roles } }');
  if (faults.length === 0) {
    world.tally.act('login');
    return;
  }
  for (const { code } of faults) {
    if (code === 'PASSWORD_EXPIRED' && post.isPrincipal) {
      world.tally.refused({ ruleId: 'ACC-12', outcome: 'REJECT', code, basis: [] });
      await changePassword(world, post);
    } else if (code === 'ACCOUNT_SEALED' && post.isPrincipal) await unseal(world, post);
    else world.tally.violated(`unexpected error ${code} at actor accounts (login)`);
  }
};

/** The next higher authority makes sure who it is, and unseals; the password has run out meanwhile. */
const unseal = async (world: World, post: Post): Promise<void> => {
  const { faults } = await world.shared.graph.ask(post.desk, '{ viewer { name } }');
  if (faults[0]?.code !== 'ACCOUNT_SEALED') {
    world.tally.violated(`an account that nobody used for half a year is not sealed (${faults[0]?.code})`);
    return;
  }
  world.tally.refused({ ruleId: 'ACC-13', outcome: 'REJECT', code: 'ACCOUNT_SEALED', basis: [] });
  const record = await recordOf(world, post.higher, post, post.desk.sub);
  if (record === undefined) return;
  await world.order({
    as: post.higher,
    does: 'unsealAccount',
    type: 'UnsealAccountInput',
    gives: registrarPayload,
    input: { registrar: record.id, expectedVersion: record.version, identityCheck: 'IN_PERSON' },
  });
  await changePassword(world, post);
};
