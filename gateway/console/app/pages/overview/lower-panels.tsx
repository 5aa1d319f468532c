import { FlowsPanel } from './flows-panel.tsx';
import { TicketsPanel } from './tickets-panel.tsx';
import { TimelinessPanel } from './timeliness-panel.tsx';

/** What stands below the pupils themselves: what is late, what is complained of in the month of a day, and who moved. */
export const LowerPanels = ({ scope, day }: { scope: string; day: string }) => {
  const month = day.slice(0, 7);
  return (
    <div className="panels">
      <div className="panels-half">
        <TimelinessPanel month={month} scope={scope} />
      </div>
      <div className="panels-half">
        <TicketsPanel month={month} scope={scope} />
      </div>
      <FlowsPanel scope={scope} day={day} />
    </div>
  );
};
