import type { OwnFinding } from '#libs/law/own-finding.ts';
import type { Archive } from './archives/archive.ts';
import type { Closure } from './closure/closure-rows.ts';
import type { Copy } from './custody/copies.ts';
import type { Entry } from './entries/entry.ts';
import type { Lapse } from './lapses/lapse.ts';
import type { LifeOn } from './timeline/life-view.ts';
import type { Line } from './timeline/line.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type StudentMapper = { id: string };
export type SchoolMapper = { id: string };
export type StudentArchiveMapper = Archive;
export type ArchiveCopyMapper = Copy;
export type ArchiveEntryMapper = Entry;
export type FindingMapper = OwnFinding;
export type ArchiveClosureMapper = Closure;
export type TimelineLineMapper = Line;
export type StudentRecordMapper = LifeOn;
export type ArchiveLapseMapper = Lapse;
