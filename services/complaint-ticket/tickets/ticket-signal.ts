import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** A ticket has changed for those who may see it: its events go out, and the live views of it look again. */
export const tellTicket = (core: Pick<ServiceCore, 'bus' | 'wakeRelay'>, ticket: string): void => {
  core.wakeRelay();
  core.bus.signal(`ticket.${ticket}`, { ticket });
};
