import { v5 as uuidv5 } from 'uuid';
import {
  AccountActivated,
  RegistrarFiled,
  RegistrarNominated,
  TrainingRecorded,
} from '#libs/contracts/events/registrar.ts';
import { addDays } from '#libs/law/dates.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { nextCheckOf } from '#services/organization/registrar/account-clock.ts';
import { opened } from '#services/organization/registrar/commands/activate-account.ts';
import { newRegistrar } from '#services/organization/registrar/nominate.ts';
import { type Post, postsOf } from '#services/organization/registrar/post.ts';
import { isRegistrar, type Registrar } from '#services/organization/registrar/registrar.ts';
import { saveRegistrars, type Told, told } from '#services/organization/registrar/registrar-rows.ts';
import type { NationPlan } from './nation-plan.ts';
import { type DemoRegistrar, demoRegistrars } from './registrars.ts';

/** Namespace (RFC 9562, version 5) of the ids of demo registrars. */
const namespace = '7a6f0c1e-2b55-4c8e-8f0d-6a4be2c9d113';
const atOnce = 200;

type Core = Pick<ServiceCore, 'worker' | 'clock' | 'wakeRelay' | 'sealing'>;
type Entered = { registrar: Registrar; post: Post; hasPassword: boolean };

/**
 * Files the registrars, decision-makers and principals of a demo nation, with their accounts open from now on. Who is
 * there already stays as he is; returns how many were new.
 */
export const loadRegistrars = async (
  core: Core,
  plan: NationPlan,
  people: Iterable<DemoRegistrar> = demoRegistrars(plan),
): Promise<number> => {
  const all = [...people];
  let entered = 0;
  for (let from = 0; from < all.length; from += atOnce) {
    const part = all.slice(from, from + atOnce);
    entered += await asWorker(core.worker, (tx) => enterPart(tx, core, plan, part));
    core.wakeRelay();
  }
  return entered;
};

const idOf = ({ seed, schoolYear }: NationPlan, { key }: DemoRegistrar): string =>
  uuidv5(`${seed}/${schoolYear}/${key}`, namespace);

const enterPart = async (
  tx: Tx,
  core: Core,
  plan: NationPlan,
  part: readonly DemoRegistrar[],
): Promise<number> => {
  const known = new Set(
    (
      await query<{ id: string; subject: string }>(
        tx,
        'select registrar_id as id, subject from registrar where registrar_id = any($1::uuid[]) or subject = any($2::text[])',
        [part.map((each) => idOf(plan, each)), part.map(({ subject }) => subject)],
      )
    ).flatMap(({ id, subject }) => [id, subject]),
  );
  const posts = await postsOf(
    tx,
    part.map(({ workplace }) => workplace),
  );
  const at = core.clock.now();
  const fresh = part.flatMap((each): Entered[] => {
    const id = idOf(plan, each);
    const post = posts.get(each.workplace);
    if (post === undefined || known.has(id) || known.has(each.subject)) return [];
    const nominee = { ...each, isEstablishmentStaff: post.facts.kind !== 'PRIVATE_SCHOOL' };
    return [
      { registrar: newRegistrar(nominee, post, at, core.sealing, id), post, hasPassword: each.hasPassword },
    ];
  });
  await throughLife(tx, core, fresh, at);
  return fresh.length;
};

/** Nomination, training, filing and opening one after the other, each with its event. */
const throughLife = async (tx: Tx, core: Core, fresh: readonly Entered[], at: string): Promise<void> => {
  const on = core.clock.today();
  const trainedOn = addDays(on, -7);
  const steps: ((entered: Entered) => { registrar: Registrar; told: Told[] })[] = [
    ({ registrar }) => ({ registrar, told: [told(RegistrarNominated, {})] }),
    ({ registrar }) =>
      isRegistrar(registrar)
        ? { registrar: { ...registrar, trainedOn }, told: [told(TrainingRecorded, { trainedOn })] }
        : { registrar, told: [] },
    ({ registrar, post }) => ({
      registrar: { ...registrar, filedAt: new Date(at), filedWith: post.higher },
      told: [told(RegistrarFiled, { filedWith: post.higher })],
    }),
    ({ registrar, post, hasPassword }) => {
      const open = opened(registrar, at, on, hasPassword);
      return {
        registrar: { ...open, nextCheckOn: nextCheckOf(open, new Date(at), post.law) },
        told: [told(AccountActivated, {})],
      };
    },
  ];
  let standing = fresh;
  for (const step of steps) {
    const saved = await saveRegistrars(tx, standing.map(step), at);
    standing = standing.map((entered, nth) => ({ ...entered, registrar: saved[nth] ?? entered.registrar }));
  }
  await insertRows(
    tx,
    'training',
    [
      ['registrar_id', 'uuid'],
      ['trained_on', 'date'],
      ['place', 'bigint'],
      ['recorded_by', 'text'],
      ['recorded_at', 'timestamptz'],
    ],
    standing
      .filter(({ registrar }) => isRegistrar(registrar))
      .map(({ registrar }) => [registrar.registrarId, trainedOn, registrar.place, 'demo-load', at]),
  );
};
