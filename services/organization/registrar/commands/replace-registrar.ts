import { z } from 'zod';
import { RegistrarReplaced } from '#libs/contracts/events/registrar.ts';
import { Day } from '#libs/contracts/ids.ts';
import { judgeReplacement } from '#libs/law/account/registrar-duty.ts';
import { schoolYearOn } from '#libs/law/enrollment/grade.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { queryOne } from '#libs/platform/database/query.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { standingPromotion } from '../../calendar/calendar.ts';
import { isRefusal } from '../activation.ts';
import { ChangeInput, changeRegistrar, type RegistrarOutcome, type Situation } from '../change-registrar.ts';
import { requireOwnOrHigher, wrongState } from '../desk.ts';
import { enter, judgeNomination, Nominee, newRegistrar, othersInPost, requireRolesOf } from '../nominate.ts';
import { isRegistrar, type Registrar } from '../registrar.ts';
import { saveRegistrars, told } from '../registrar-rows.ts';

const Input = ChangeInput.extend({
  successor: Nominee.nullish(),
  /** The official document by which the change was reported. */
  officialLetter: z.object({ number: z.string().trim().min(1).max(60), issuedOn: Day }).nullish(),
});
type Input = z.infer<typeof Input>;

/** Changes of registrar at a workplace since its school year began. */
const changesThisYear = async (tx: Tx, { workplace }: Registrar, on: string): Promise<number> => {
  const { changes } = await queryOne<{ changes: number }>(
    tx,
    `select count(*)::int as changes from registrar
     where workplace = $1 and roles @> '"REGISTRAR"' and replaced_at >= $2`,
    [workplace, standingPromotion(schoolYearOn(on)).toISOString()],
  );
  return changes;
};

const judge = async (
  { tx, registrar, post, on }: Situation,
  { officialLetter }: Input,
  successor: Registrar | null,
): Promise<Finding[]> => {
  const principals = await othersInPost(tx, post, 'PRINCIPAL', registrar.registrarId);
  return [
    ...(isRegistrar(registrar)
      ? judgeReplacement(
          {
            unit: post.facts,
            officialLetter: officialLetter != null && officialLetter.issuedOn <= on,
            changesInSchoolYear: (await changesThisYear(tx, registrar, on)) + 1,
          },
          on,
          post.law,
        )
      : []),
    ...(successor === null ? [] : judgeNomination(successor, post, principals, on)),
  ];
};

/**
 * A post passes to somebody else, or stands empty: in Beiguan's compulsory schools by official letter (ACC-06), with a
 * warning where it happens often (ACC-08). The account ends at once; the successor is trained, filed and opened anew.
 */
export const replaceRegistrar = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<RegistrarOutcome> => {
  const caller = authorize(actor, 'registrar.nominate');
  const wanted = parseInput(Input, input);
  return changeRegistrar({ core, caller, operation: 'replaceRegistrar' }, wanted, async (situation) => {
    const { tx, registrar, post, desk, at } = situation;
    requireOwnOrHigher(desk, post);
    if (registrar.replacedAt !== null) wrongState('该人员已不在岗。 The post has passed on already.');
    const nominee = wanted.successor ?? null;
    if (nominee !== null) requireRolesOf(post, nominee);
    const successor = nominee && newRegistrar(nominee, post, at, core.sealing);
    const findings = await judge(situation, wanted, successor);
    if (isRefusal(findings) || findings.some(({ outcome }) => outcome === 'HOLD'))
      return { findings, action: 'REPLACE' };
    const next: Registrar = {
      ...registrar,
      replacedAt: new Date(at),
      successor: successor?.registrarId ?? null,
      letterNumber: wanted.officialLetter?.number ?? null,
      letterDate: wanted.officialLetter?.issuedOn ?? null,
      nextCheckOn: null,
    };
    const replaced = told(RegistrarReplaced, { successor: next.successor });
    if (successor === null) return { findings, next, told: [replaced], action: 'REPLACE' };
    await saveRegistrars(tx, [{ registrar: next, told: [replaced] }], at);
    await enter(tx, successor, at);
    return {
      findings,
      next: { ...next, version: registrar.version + 1 },
      action: 'REPLACE',
    };
  });
};
