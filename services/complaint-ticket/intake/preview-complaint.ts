import { enforces } from '#libs/law/enforces.ts';
import type { TicketLevel } from '#libs/law/ticket/scope.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Clock } from '../clocks/clock.ts';
import { asPreview } from '../clocks/preview-clock.ts';
import { type Competence, competenceFor } from './competent.ts';
import { Problem } from './complaint-input.ts';
import { aboutOf, filerOf } from './filer.ts';

/** Who would handle a complaint that is filed now, and until when. */
export type ComplaintPreview = {
  unit: string;
  level: TicketLevel;
  scope: Competence['scope'];
  clocks: Clock[];
};

/** Answers it without any effect (TKT-01). */
export const previewComplaint = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<ComplaintPreview> => {
  enforces('TKT-01');
  const filer = filerOf(actor);
  const asked = parseInput(Problem, input);
  const { home } = await aboutOf(core, filer, asked);
  const { unit, level, scope, clocks } = await competenceFor(core, {
    ...{ fault: asked.fault ?? 'NONE', against: asked.against ?? [], home },
  });
  return {
    ...{ unit: unit.code, level, scope },
    clocks: clocks.map(asPreview),
  };
};
