import type { Envelope } from '#libs/contracts/envelope.ts';
import { RegistrationRefusalBlocked } from '#libs/contracts/events/refusal.ts';
import { AccountWeekCounted, registrarEvents } from '#libs/contracts/events/registrar.ts';
import { MonthlyReportIssued } from '#libs/contracts/events/statistics.ts';
import { regionOf, tagsChanged } from './tags.ts';

/** Events of one source that change a topic: all of them, these, or all but these. */
type Changed = {
  source: string;
  only?: readonly string[];
  but?: readonly string[];
  /** True where the event names the province of all that it changes. */
  byProvince?: boolean;
};

const ofAccounts: readonly string[] = registrarEvents.map(({ type }) => type);

/** Orders of correction, duties of a term and the use of accounts: no field of theirs is kept. */
const ofSupervision = [
  'CorrectionOrdered',
  'CorrectionReported',
  'CorrectionReturned',
  'CorrectionClosed',
  'CorrectionDueMoved',
  'CorrectionEscalated',
  'CountyTermChecked',
  'CountyNotified',
  AccountWeekCounted.type,
];

/** Units, schools and calendars, which the figures of every table are laid out by. */
const theDirectory: Changed = { source: 'organization', but: [...ofAccounts, ...ofSupervision] };

/** By topic, the events that change it. */
export const changedBy: Readonly<Record<string, readonly Changed[]>> = {
  'organization.directory': [theDirectory],
  'statistics.stock': [
    { source: 'enrollment', byProvince: true },
    { source: 'identity', byProvince: true },
    theDirectory,
  ],
  'statistics.flows': [{ source: 'enrollment', byProvince: true }, theDirectory],
  'statistics.timeliness': [
    { source: 'transfer' },
    { source: 'archive' },
    { source: 'enrollment', only: [RegistrationRefusalBlocked.type] },
    { source: 'statistics', only: [MonthlyReportIssued.type] },
    { source: 'organization', only: [AccountWeekCounted.type] },
    theDirectory,
  ],
  'statistics.tickets': [{ source: 'complaint-ticket' }, theDirectory],
};

/** Why other events change nothing that is kept, by source. */
export const changesNothing: Readonly<Record<string, string>> = {
  certificate: 'certificates are persons’, and no table counts them',
  organization: 'accounts, orders of correction and duties are in no kept answer',
  statistics: 'early warnings and checks of terms are in no kept answer',
};

const concerns = ({ source, only, but }: Changed, event: Pick<Envelope, 'source' | 'type'>): boolean =>
  source === event.source && (only?.includes(event.type) ?? true) && !but?.includes(event.type);

/** Regions of every unit that the data name, however deep. */
const regionsIn = (value: unknown, found = new Set<string>()): Set<string> => {
  if (typeof value === 'string' && /^\d{6}$/.test(value)) found.add(regionOf(value));
  else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) regionsIn(part, found);
  }
  return found;
};

const everywhere: ReadonlySet<string> = new Set();

/** The tags of what an event changes. */
export const tagsChangedBy = (event: Pick<Envelope, 'source' | 'type' | 'data'>): string[] =>
  Object.entries(changedBy).flatMap(([topic, sources]) => {
    const changed = sources.find((each) => concerns(each, event));
    if (!changed) return [];
    return tagsChanged(topic, changed.byProvince ? regionsIn(event.data) : everywhere);
  });

/** The login whose account an event changes, where it does. */
export const accountChangedBy = ({ source, type, data }: Envelope): string | undefined =>
  source === 'organization' && ofAccounts.includes(type) && typeof data.subject === 'string'
    ? data.subject
    : undefined;
