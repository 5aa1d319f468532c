import { useEffect, useRef } from 'react';
import { colours, series } from '../theme.ts';
import { type ChartOption, init, partsOf } from './echarts.ts';

type Props = {
  option: ChartOption;
  /** What the chart shows, for those who do not see it; its figures stand in a table as well. */
  label: string;
  /** Pixels. */
  height: number;
};

/** Draws a chart as SVG and keeps it as wide as its place. */
export const Chart = ({ option, label, height }: Props) => {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(undefined);
  useEffect(() => {
    let isCurrent = true;
    // A chart draws with the forms alone that were there when it was made.
    void partsOf(option).then(() => {
      if (!isCurrent || !place.current) return;
      chart.current ??= init(
        place.current,
        { color: [...series], textStyle: { color: colours.text } },
        { renderer: 'svg' },
      );
      chart.current.setOption({ animation: false, ...option }, true);
    });
    return () => {
      isCurrent = false;
    };
  }, [option]);
  useEffect(() => {
    if (!place.current) return undefined;
    const observer = new ResizeObserver(() => chart.current?.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);
  return <div ref={place} role="img" aria-label={label} className="chart" style={{ height }} />;
};
