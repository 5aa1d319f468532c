import { z } from 'zod';
import { type Finding, finding } from '#libs/law/finding.ts';
import { basicGroup } from '#libs/law/identity/field-dictionary.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type ProvincialField, provincialFieldsOf } from '../provincial-fields.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/),
  title: z.string().trim().min(1).max(60),
});

export type Filed = { field: ProvincialField | null; findings: Finding[] };

const alreadyBasic = (on: string, province: string): Finding =>
  finding('ID-20', {
    code: 'FIELD_IS_BASIC',
    outcome: 'REJECT',
    message: '该项目属于国家统一确定的基础学籍信息，省级不能另行确定。',
    messageEn: 'The field belongs to the basic set, which the ministry alone fixes.',
    path: ['name'],
    remedy: '请直接使用基础信息项目，或另选名称。',
    ownerLevel: 'PROVINCE',
    on,
    place: { province },
  });

/** A province fixes a field of its own and files it with the ministry (ID-20); filing it again gives it its new title. */
export const fileProvincialField = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Filed> => {
  const caller = authorize(actor, 'provincial-field.file');
  const asked = parseInput(Input, input);
  const workplace = await core.directory.workplaceOf(caller);
  if (workplace === undefined) throw outOfJurisdiction();
  const province = workplace.code;
  const at = core.clock.now();
  return asWorker(core.worker, (tx) =>
    once<Filed>(
      tx,
      {
        operation: 'fileProvincialField',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request: asked,
        at,
      },
      async () => {
        if (basicGroup(asked.name) !== undefined)
          return { field: null, findings: [alreadyBasic(core.clock.today(), province)] };
        await execute(
          tx,
          `insert into provincial_field (province, name, title, filed_at, filed_by) values ($1, $2, $3, $4, $5)
         on conflict (province, name) do update set title = excluded.title`,
          [province, asked.name, asked.title, at, caller.subject],
        );
        const fields = await provincialFieldsOf(tx, province);
        return { field: fields.find(({ name }) => name === asked.name) ?? null, findings: [] };
      },
    ),
  );
};
