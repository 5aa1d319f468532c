import { useEffect, useRef } from 'react';

/** Calls back every so many milliseconds while the page is looked at, and at once when it is again. */
export const useEvery = (milliseconds: number, call: () => void): void => {
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    const isShown = (): boolean => document.visibilityState === 'visible';
    const look = (): void => {
      if (isShown()) latest.current();
    };
    const timer = setInterval(look, milliseconds);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [milliseconds]);
};
