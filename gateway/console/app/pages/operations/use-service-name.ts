import { useTexts } from '../../language/language.tsx';
import { serviceTexts } from './texts.ts';

/** What a service is called; one that is newer than this console, itself. */
export const useServiceName = (): ((service: string) => string) => {
  const names: Readonly<Record<string, string>> = useTexts(serviceTexts);
  return (service) => names[service] ?? service;
};
