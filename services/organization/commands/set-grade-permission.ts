import { z } from 'zod';
import {
  GradeChangeKind,
  GradePermissionSet,
  GradePermissionSetting,
} from '#libs/contracts/events/organization.ts';
import { UnitCode } from '#libs/contracts/ids.ts';
import { judgePermissionSetting } from '#libs/law/account/grade-permission.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { recordChange } from '../store/change-record.ts';
import { lockSetting } from '../store/number-series.ts';
import { treeAround } from '../store/units.ts';
import { ownUnit, runOnce } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  province: UnitCode,
  kind: GradeChangeKind,
  setting: GradePermissionSetting,
});

/** What a province has set: null where the law is against it, with the findings. */
export type GradePermissionOutcome = {
  permission: { province: string; kind: GradeChangeKind; setting: GradePermissionSetting } | null;
  findings: Finding[];
};

/** A province sets from which level on skipping and repeating may be processed in its places (ACC-16). */
export const setGradePermission = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<GradePermissionOutcome> => {
  const caller = authorize(actor, 'grade-permission.set');
  const wanted = parseInput(Input, input);
  return runOnce(
    { core, caller, operation: 'setGradePermission' },
    wanted,
    async (tx, at): Promise<GradePermissionOutcome> => {
      const { province, kind, setting } = wanted;
      const own = ownUnit(await treeAround(tx, [caller.unit ?? '']), caller);
      const findings = judgePermissionSetting(
        {
          setBy: own.level === 'PROVINCE' ? 'PROVINCE' : own.level,
          ofProvince: own.code,
          forProvince: province,
        },
        core.clock.today(),
        { province },
      );
      if (findings.length > 0) return { permission: null, findings };
      const aggregate = `grade-permission:${province}:${kind}`;
      await lockSetting(tx, aggregate);
      const [known] = await query<{ version: number }>(
        tx,
        'select version from grade_permission where province = $1 and kind = $2',
        [province, kind],
      );
      const version = (known?.version ?? 0) + 1;
      await execute(
        tx,
        `insert into grade_permission (province, kind, setting, version) values ($1, $2, $3, $4)
       on conflict (province, kind) do update set setting = excluded.setting, version = excluded.version`,
        [province, kind, setting, version],
      );
      await recordEvents(tx, at, [
        recorded(GradePermissionSet, aggregate, version, { province, kind, setting }),
      ]);
      await recordChange(tx, { aggregate, version, action: 'SET', reason: setting, caller, at });
      return { permission: { province, kind, setting }, findings: [] };
    },
  );
};
