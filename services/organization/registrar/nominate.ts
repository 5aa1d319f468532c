import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { RegistrarNominated } from '#libs/contracts/events/registrar.ts';
import { PostRole } from '#libs/contracts/vocabulary.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeResponsiblePersons } from '#libs/law/organization/responsible-persons.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { findingsBeforeOpening } from './activation.ts';
import type { Post } from './post.ts';
import { phoneContext, type Registrar } from './registrar.ts';
import { insertRegistrar, told } from './registrar-rows.ts';

/** Who is to take up a post. */
export const Nominee = z.object({
  roles: z.array(PostRole).min(1).max(3),
  subject: z.string().trim().min(1).max(200),
  name: z.string().trim().min(1).max(50),
  phone: z
    .string()
    .regex(/^\+?[\d -]{5,20}$/, { message: '电话号码格式有误。 Not a telephone number.' })
    .nullish(),
  isEstablishmentStaff: z.boolean(),
});
export type Nominee = z.infer<typeof Nominee>;

/** Somebody new at a post, as yet without training, filing and account. */
export const newRegistrar = (
  nominee: Nominee,
  post: Post,
  at: string,
  sealing: Sealing,
  registrarId: string = uuidv7(),
): Registrar => {
  return {
    registrarId,
    workplace: post.workplace,
    isSchool: post.isSchool,
    unit: post.unit.code,
    province: post.unit.province,
    place: post.place,
    subject: nominee.subject,
    roles: PostRole.options.filter((role) => nominee.roles.includes(role)),
    name: nominee.name,
    sealedPhone: nominee.phone ? sealing.seal(nominee.phone, phoneContext(registrarId)) : null,
    isEstablishmentStaff: nominee.isEstablishmentStaff,
    certificateNo: null,
    nominatedAt: new Date(at),
    trainedOn: null,
    filedWith: null,
    filedAt: null,
    activatedAt: null,
    activeFrom: null,
    lastUsedOn: null,
    passwordChangedAt: null,
    passwordExpiredAt: null,
    sealedAt: null,
    suspendedAt: null,
    suspensionReason: null,
    replacedAt: null,
    successor: null,
    letterNumber: null,
    letterDate: null,
    weeksCheckedTo: null,
    yearsCheckedTo: null,
    recorded: [],
    nextCheckOn: null,
    version: 0,
  };
};

/**
 * What the law says of a nomination: who handles registrations in an authority or public school is on its establishment
 * (ACC-07), and a school has one principal (ORG-07). `principals`: others who hold that role there.
 */
export const judgeNomination = (
  registrar: Registrar,
  post: Post,
  principals: number,
  on: IsoDate,
): Finding[] => [
  ...findingsBeforeOpening({ ...registrar, trainedOn: on, filedAt: registrar.nominatedAt }, post, on),
  ...(post.isSchool && registrar.roles.includes('PRINCIPAL')
    ? judgeResponsiblePersons({ principals: principals + 1, registrars: 1 }, on, post.law)
    : []),
];

/** Throws BAD_USER_INPUT where a unit is to have a principal. */
export const requireRolesOf = (post: Post, { roles }: Nominee): void => {
  if (post.isSchool || !roles.includes('PRINCIPAL')) return;
  throw badInput([
    { path: ['roles'], code: 'ROLE_NOT_OF_UNIT', message: '只有学校设校长。 Only schools have a principal.' },
  ]);
};

/** Others in post at a workplace who hold a role, within the scope. */
export const othersInPost = async (
  tx: Tx,
  { workplace }: Pick<Post, 'workplace'>,
  role: PostRole,
  except: string | null = null,
): Promise<number> => {
  const rows = await query(
    tx,
    `select 1 from registrar where workplace = $1 and replaced_at is null and roles @> to_jsonb($2::text)
       and registrar_id is distinct from $3::uuid`,
    [workplace, role, except],
  );
  return rows.length;
};

/** Enters somebody new and tells of it; throws BAD_USER_INPUT where the login has a post already. */
export const enter = async (tx: Tx, registrar: Registrar, at: string): Promise<void> => {
  if (await insertRegistrar(tx, { registrar, told: [told(RegistrarNominated, {})] }, at)) return;
  throw badInput([
    {
      path: ['subject'],
      code: 'SUBJECT_IN_POST',
      message: '该登录账号已登记在岗，请先办理更换。 This login holds a post already.',
    },
  ]);
};
