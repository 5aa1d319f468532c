import { judgeLogin, passwordExpiresAt } from '#libs/law/account/account-login.ts';
import { startOfDay } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Finding } from '#libs/law/finding.ts';
import { maskPhone } from '#libs/law/privacy/masking.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { hasStanding, isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { required } from '../queries.ts';
import { findingsBeforeOpening } from './activation.ts';
import { type Desk, deskOf, isHigher, reaches } from './desk.ts';
import type { Post } from './post.ts';
import { phoneContext, type Registrar, stateOf } from './registrar.ts';
import { judgeStaff } from './staffing.ts';

/** Steps that a desk may take with a registrar now (W-21). */
export const actionsOf = (registrar: Registrar, post: Post, desk: Desk): string[] => {
  const { caller, own } = desk;
  const state = stateOf(registrar);
  if (state === 'REPLACED') return [];
  const isOther = caller.subject !== registrar.subject;
  const oversees = isGranted(caller, 'registrar.oversee') && isOther;
  const receives = oversees && isHigher(desk, post);
  const above =
    oversees && reaches(desk, post.place) && (own.code !== post.workplace || isHigher(desk, post));
  const nominates = own.code === post.workplace || isHigher(desk, post);
  return [
    ...(isGranted(caller, 'registrar.train') && reaches(desk, post.place) ? ['TRAIN'] : []),
    ...(receives && registrar.filedAt === null ? ['FILE'] : []),
    ...(receives && state === 'FILED' ? ['ACTIVATE'] : []),
    ...(receives && registrar.sealedAt !== null ? ['UNSEAL'] : []),
    ...(above && registrar.activatedAt !== null
      ? [registrar.suspendedAt === null ? 'SUSPEND' : 'RESTORE']
      : []),
    ...(isGranted(caller, 'registrar.nominate') && nominates ? ['REPLACE'] : []),
  ];
};

/** What the law says of a registrar now: what still keeps the account shut, or what is on record about it. */
const findingsOf = (registrar: Registrar, post: Post, now: Date, on: string): Finding[] => {
  if (registrar.replacedAt !== null) return [];
  if (registrar.activatedAt === null) return findingsBeforeOpening(registrar, post, on);
  const { lastUsedOn, passwordChangedAt, recorded } = registrar;
  const login = judgeLogin(
    {
      lastUsedAt: lastUsedOn === null ? now : startOfDay(lastUsedOn),
      passwordChangedAt: passwordChangedAt ?? now,
    },
    now,
    post.law,
  );
  return [...login, ...recorded];
};

/**
 * What a reader gets of a registrar: name and telephone for whoever may see the row at all, masked where it is not asked
 * in full; everything about training, filing and account for the own unit and those above (ACC-14, PRV-13, PRV-14).
 */
export const createRegistrarViews = (core: ServiceCore): Resolvers => {
  enforces('ACC-14', 'PRV-13', 'PRV-14');

  const desk = async ({ actor }: Context): Promise<Desk | null> =>
    actor !== null && hasStanding(actor, 'registrar.read') ? deskOf(core, actor) : null;

  /** The value for the own unit and those above; null for other registrars, who only have the address book. */
  const ofOwn = async <T>(
    registrar: Registrar,
    context: Context,
    value: () => T | Promise<T>,
  ): Promise<T | null> => {
    const at = await desk(context);
    return at !== null && reaches(at, registrar.place) ? await value() : null;
  };

  const staffFindings = async (
    { posts, staff }: Context,
    code: string,
    kind: Parameters<typeof judgeStaff>[2],
  ): Promise<Finding[] | null> => {
    const [post, loader] = await Promise.all([posts.load(code), staff()]);
    if (post === null || loader === null) return null;
    const found = await loader.load(code);
    return found === null ? null : judgeStaff(found, post, kind, core.clock.today());
  };

  return {
    OrgUnit: { staffFindings: ({ code, level }, _, context) => staffFindings(context, code, { level }) },
    School: { staffFindings: ({ code, kind }, _, context) => staffFindings(context, code, { school: kind }) },
    Registrar: {
      id: ({ registrarId }) => registrarId,
      unit: ({ isSchool, workplace }, _, { registry }) =>
        isSchool ? null : required(registry.unit.load(workplace)),
      school: ({ isSchool, workplace }, _, { registry }) =>
        isSchool ? required(registry.school.load(workplace)) : null,
      state: (registrar) => stateOf(registrar),
      name: ({ registrarId, name }, _, { trail }) => {
        trail.read(registrarId);
        return name;
      },
      phone: ({ registrarId, sealedPhone }, { full }, { trail }) => {
        if (sealedPhone === null) return null;
        const phone = core.sealing.open(sealedPhone, phoneContext(registrarId));
        if (full) trail.readFull(registrarId);
        else trail.read(registrarId);
        return full ? phone : maskPhone(phone);
      },
      subject: (registrar, _, context) => ofOwn(registrar, context, () => registrar.subject),
      isEstablishmentStaff: (registrar, _, context) =>
        ofOwn(registrar, context, () => registrar.isEstablishmentStaff),
      certificateNo: (registrar, _, context) => ofOwn(registrar, context, () => registrar.certificateNo),
      trainings: (registrar, _, context) =>
        ofOwn(registrar, context, async () => {
          const at = await desk(context);
          if (at === null) return null;
          const rows = await inScope(core.app, at.scope, (tx) =>
            query<{ day: string }>(
              tx,
              'select trained_on::text as day from training where registrar_id = $1 order by trained_on',
              [registrar.registrarId],
            ),
          );
          return rows.map(({ day }) => day);
        }),
      filedWith: ({ filedWith }, _, { registry }) => (filedWith ? registry.unit.load(filedWith) : null),
      filedAt: (registrar, _, context) => ofOwn(registrar, context, () => registrar.filedAt),
      activatedAt: (registrar, _, context) => ofOwn(registrar, context, () => registrar.activatedAt),
      lastUsedOn: (registrar, _, context) => ofOwn(registrar, context, () => registrar.lastUsedOn),
      passwordDueAt: async (registrar, _, context) =>
        ofOwn(registrar, context, async () => {
          const { passwordChangedAt } = registrar;
          const post = passwordChangedAt && (await context.posts.load(registrar.workplace));
          const now = new Date(core.clock.now());
          return (post && passwordExpiresAt(passwordChangedAt, now, post.law)) ?? null;
        }),
      suspensionReason: (registrar, _, context) =>
        ofOwn(registrar, context, () => registrar.suspensionReason),
      successor: (registrar, _, context) => ofOwn(registrar, context, () => registrar.successor),
      findings: (registrar, _, context) =>
        ofOwn(registrar, context, async () => {
          const post = await context.posts.load(registrar.workplace);
          return post ? findingsOf(registrar, post, new Date(core.clock.now()), core.clock.today()) : [];
        }),
      allowedActions: async (registrar, _, context) => {
        const at = await desk(context);
        const post = await context.posts.load(registrar.workplace);
        return at && post ? actionsOf(registrar, post, at) : [];
      },
    },
  };
};
