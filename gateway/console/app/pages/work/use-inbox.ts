import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { dayOf } from '../../clocks/days-left.ts';
import { useViewer, workplaceOf } from '../../shell/viewer.tsx';
import type { Found } from './source.ts';
import { sourcesOf } from './sources.ts';
import { byClock, type TaskKind } from './task.ts';

/** Everything that waits for the viewer's unit, list by list as they answer, and again whenever the window is returned to. */
export const useInbox = () => {
  const client = useApolloClient();
  const viewer = useViewer();
  const [found, setFound] = useState<Readonly<Partial<Record<TaskKind, Found>>>>({});
  const sources = useMemo(
    () => sourcesOf(workplaceOf(viewer), dayOf(new Date())).filter(({ isFor }) => isFor(viewer)),
    [viewer],
  );
  const ask = useCallback(() => {
    for (const each of sources) {
      void each.ask(client).then((answer) => setFound((earlier) => ({ ...earlier, [each.kind]: answer })));
    }
  }, [client, sources]);
  useEffect(() => {
    ask();
    window.addEventListener('focus', ask);
    return () => window.removeEventListener('focus', ask);
  }, [ask]);
  const answers = Object.values(found);
  return {
    kinds: sources.map(({ kind }) => kind),
    tasks: answers.flatMap(({ tasks }) => tasks).toSorted(byClock),
    problems: answers.flatMap(({ problems }) => problems),
    hasMore: answers.some(({ hasMore }) => hasMore),
    isUnderWay: answers.length < sources.length,
    ask,
  };
};
