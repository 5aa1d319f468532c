import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** A case has changed for everybody to see: its events go out, and the live views of it look again, if there are any. */
export const tellChanged = (core: Pick<ServiceCore, 'bus' | 'wakeRelay'>, transfer: string): void => {
  core.wakeRelay();
  core.bus.signal(`transfer.${transfer}`, { transfer });
};
