import { DeferralEntered, EntryFormalitiesDone } from '#libs/contracts/events/entry.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { deferralData, deferralsWhere, updateDeferral } from './deferral-rows.ts';
import { placeData, placesWhere, updatePlace } from './place-rows.ts';

type Came = { intake: string; person: string; enrollment: string };

type Match = { id: string; intake: string };

const placesOf = (tx: Tx, intakes: readonly string[]): Promise<Match[]> =>
  query<Match>(
    tx,
    `select p.place_id as id, i.intake_id as intake from intake i join entry_place p
       on p.school = i.school and p.state in ('GRANTED', 'EXTENDED', 'NO_SHOW')
         and (p.name_key = i.name_key or p.document_key = i.document_key)
     where i.intake_id = any($1::uuid[])`,
    [intakes],
  );

const deferralsOf = (tx: Tx, intakes: readonly string[]): Promise<Match[]> =>
  query<Match>(
    tx,
    `select d.deferral_id as id, i.intake_id as intake from intake i join deferral d
       on d.state = 'DEFERRED' and (d.name_key = i.name_key or d.document_key = i.document_key)
     where i.intake_id = any($1::uuid[])`,
    [intakes],
  );

/**
 * Children who were registered have come: their places are taken, and who was deferred has entered. Told in the
 * transaction of the registration.
 */
export const markEntered = async (tx: Tx, at: string, registered: readonly Came[]): Promise<void> => {
  if (registered.length === 0) return;
  const came = new Map(registered.map((each) => [each.intake, each]));
  const ids = [...came.keys()];
  for (const { id, intake } of await placesOf(tx, ids)) {
    const [place] = await placesWhere(tx, 'place_id = $1 for update', [id]);
    const child = came.get(intake);
    if (place === undefined || child === undefined || place.state === 'REPORTED') continue;
    const { person, enrollment } = child;
    const after = { ...place, state: 'REPORTED' as const, person, enrollment, version: place.version + 1 };
    await updatePlace(tx, after);
    const data = { ...placeData(after), person };
    await recordEvents(tx, at, [recorded(EntryFormalitiesDone, `place:${id}`, after.version, data)]);
  }
  for (const { id } of await deferralsOf(tx, ids)) {
    const [deferral] = await deferralsWhere(tx, `deferral_id = $1 and state = 'DEFERRED' for update`, [id]);
    if (deferral === undefined) continue;
    const after = {
      ...deferral,
      state: 'ENTERED' as const,
      endedOn: at.slice(0, 10),
      version: deferral.version + 1,
    };
    await updateDeferral(tx, after);
    await recordEvents(tx, at, [
      recorded(DeferralEntered, `deferral:${id}`, after.version, deferralData(after)),
    ]);
  }
};
