import type { BarSeriesOption, LineSeriesOption, SankeySeriesOption } from 'echarts/charts';
import { BarChart } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

// What is named neither here nor in the forms beside is not sent to browsers.
use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** What a chart of this console is told to draw. */
export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | SankeySeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>;

/** Forms that come when the first chart of theirs does; bars are there always. */
const forms: Readonly<Record<string, () => Promise<unknown>>> = {
  line: () => import('./line.ts'),
  sankey: () => import('./sankey.ts'),
};

/** Resolves when everything is there that a chart is drawn with. */
export const partsOf = async ({ series }: ChartOption): Promise<void> => {
  await Promise.all([series ?? []].flat().map(({ type }) => forms[type ?? '']?.()));
};

export { init };
