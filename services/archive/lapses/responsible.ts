import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Archive } from '../archives/archive.ts';
import { ACCEPTANCE, type Lapse } from './lapse.ts';

export type Responsible = { unit: string; place: number };

/**
 * Who did not do what is on record. An archive opens with the approval: while the registration waits for it, the delay is the
 * authority's and not the school's, which did its part (ARC-01). What was passed on is up to the receiving side. All else is up to whoever keeps the archive.
 */
export const responsibleFor = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  archive: Archive,
  { rule, about }: Pick<Lapse, 'rule' | 'about'>,
): Promise<Responsible> => {
  const { custody, custodianPlace, handOver, school, place, status } = archive;
  if (about.startsWith(ACCEPTANCE) && custody.owedTo !== null && handOver !== null)
    return { unit: custody.owedTo.code, place: handOver.place };
  if (rule !== 'ARC-01') return { unit: custody.custodian.code, place: custodianPlace };
  if (status !== 'PENDING_APPROVAL') return { unit: school, place };
  const authority = (await directory.school(school))?.authority;
  const range = authority === undefined ? undefined : await directory.rangeOf(authority);
  return authority === undefined || range === undefined
    ? { unit: school, place }
    : { unit: authority, place: range.lo };
};
