import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** An application has changed for those who may see it: its events go out, and the live views of it look again. */
export const tellApplication = (core: Pick<ServiceCore, 'bus' | 'wakeRelay'>, application: string): void => {
  core.wakeRelay();
  core.bus.signal(`transfer-application.${application}`, { application });
};
