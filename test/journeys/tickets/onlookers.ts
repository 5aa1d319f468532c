import type { Ticket, TicketDesk } from '#test/service/complaint-ticket/ticket-desk.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { beiguan, guardian, yingze } from '#test/service/transfer/transfer-desk.ts';

/** Everything that somebody gets to see of tickets who asks for each by id, lists what there is, and asks for those of a student. */
export const glimpsed = async (
  desk: TicketDesk,
  who: Desk,
  tickets: readonly Pick<Ticket, 'id'>[],
  student?: string,
): Promise<string[]> => {
  const ids = new Set(tickets.map(({ id }) => id));
  const asked = await Promise.all([...ids].map((id) => desk.see(who, id)));
  const byId = asked.flatMap(({ data, errors }) => {
    const isOutside = errors.some(({ extensions }) => extensions.code === 'OUT_OF_JURISDICTION');
    return isOutside && data?.ticket == null ? [] : ['by id'];
  });
  const listed = (await desk.list(who)).filter((id) => ids.has(id));
  const told = await desk.desk.ask<{ student: { tickets: { id: string }[] | null } | null }>(
    who,
    'query ($id: ID!) { student(id: $id) { tickets { id } } }',
    { id: student ?? '00000000-0000-7000-8000-000000000000' },
  );
  return [...byId, ...listed, ...(told.data?.student?.tickets ?? []).map(({ id }) => id)];
};

/** Whoever is near a matter and takes no part in it: another family, and counties beside. */
export const onlookers = (): Desk[] => [
  guardian('of-another-child'),
  yingze.registrar,
  yingze.head,
  beiguan.head,
];

/** All that somebody is answered who asks for tickets, as it comes over the wire. */
export const wordsTo = async (
  desk: TicketDesk,
  who: Desk,
  tickets: readonly Pick<Ticket, 'id'>[],
): Promise<string> => JSON.stringify(await Promise.all(tickets.map(({ id }) => desk.see(who, id))));
