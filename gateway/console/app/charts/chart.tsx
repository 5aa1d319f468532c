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
    if (!place.current) return undefined;
    const drawn = init(
      place.current,
      { color: [...series], textStyle: { color: colours.text } },
      { renderer: 'svg' },
    );
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    let isCurrent = true;
    void partsOf(option).then(() => {
      if (isCurrent) chart.current?.setOption({ animation: false, ...option }, true);
    });
    return () => {
      isCurrent = false;
    };
  }, [option]);
  return <div ref={place} role="img" aria-label={label} className="chart" style={{ height }} />;
};
