import type { Invariant } from './invariant.ts';

type Row = {
  id: string;
  person: string;
  enrollment: string;
  kind: string;
  number: string;
  isRevoked: boolean;
};
type Standing = { person: string; enrollment: string; status: string };
type Count = { count: number };

const certificateRows = `select certificate_id as id, person_id as person, enrollment_id as enrollment, kind, number,
    revoked_on is not null as "isRevoked" from certificate order by 1`;
const standingRows = `select person_id as person, enrollment_id as enrollment, status from enrollment`;
const ended: Readonly<Record<string, readonly string[]>> = {
  GRADUATION: ['GRADUATED', 'ADMITTED'],
  SCHOOLING: ['GRADUATED', 'ADMITTED'],
  COMPLETION: ['COMPLETED'],
};

const doubled = (all: readonly string[]): number => all.length - new Set(all).size;
const told = (count: number, sentence: string): string[] => (count === 0 ? [] : [`${count} ${sentence}`]);

/**
 * Certificates as they must be at the end of every month: each number once, one of a kind that stands for the same studies, each
 * by studies that have ended so, and each of them in the archive of its holder.
 */
export const certificates: Invariant = async (world) => {
  const { registry } = world.shared;
  const issued = await registry.rows<Row>('certificate', certificateRows);
  const standing = new Map(
    (await registry.rows<Standing>('enrollment', standingRows)).map((row) => [row.enrollment, row.status]),
  );
  const [filed] = await registry.rows<Count>(
    'archive',
    `select count(*)::int as count from archive_entry where change = 'CERTIFICATE_ISSUED'`,
  );
  const valid = issued.filter(({ isRevoked }) => !isRevoked);
  const papers = issued.filter(({ kind }) => kind !== 'SCHOOLING');
  return [
    ...told(doubled(issued.map(({ number }) => number)), 'numbers of certificates were given twice'),
    ...told(
      doubled(valid.map(({ enrollment, kind }) => `${enrollment} ${kind}`)),
      'students have two certificates of the same studies',
    ),
    ...told(
      valid.filter(
        ({ enrollment, kind }) =>
          !(ended[kind] ?? [standing.get(enrollment)]).includes(standing.get(enrollment) ?? ''),
      ).length,
      'certificates stand for studies that did not end so',
    ),
    ...told(
      Math.abs(papers.length - (filed?.count ?? 0)),
      'certificates are not in the archives, or more often',
    ),
  ];
};
