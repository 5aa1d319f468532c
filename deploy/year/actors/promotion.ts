import type { Actor } from '../actor.ts';
import { ministry } from '../world/desks.ts';

/** The ministry enters the nationwide promotion weeks ahead: 10 August, 24:00 (ENR-28). */
export const actor: Actor = {
  name: 'promotion',
  at: '08:00',
  act: async (day, world) => {
    if (day !== '2026-07-14') return;
    await world.order({
      as: ministry,
      does: 'setPromotion',
      type: 'SetPromotionInput',
      gives: 'calendar { promotionAt }',
      input: { schoolYear: 2026, effectiveAt: '2026-08-11T00:00:00+08:00' },
    });
  },
};
