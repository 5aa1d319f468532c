import type { ThemeConfig } from 'antd';

/** Colours that charts and pages share; all texts in them have a contrast of at least 4.5 on white. */
export const colours = {
  primary: '#0b5cad',
  accent: '#b3541e',
  text: '#1f2933',
  quiet: '#52606d',
  line: '#d5dbe1',
  ground: '#f4f6f8',
} as const;

/** Series of charts, told apart by people who do not tell red from green. */
export const series = ['#0b5cad', '#e08a1e', '#3a9d8f', '#8a5aa8', '#c2436b', '#6b7780'] as const;

const fontFamily =
  'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.primary,
    colorSuccess: '#2b7a0b',
    colorWarning: '#9a5b00',
    colorError: '#c0262d',
    colorInfo: colours.primary,
    colorSuccessBg: '#eff7eb',
    colorWarningBg: '#fdf4e3',
    colorErrorBg: '#fdeeee',
    colorLink: colours.primary,
    colorText: colours.text,
    colorTextSecondary: colours.quiet,
    colorTextDescription: colours.quiet,
    colorTextPlaceholder: '#66727f',
    colorBgLayout: colours.ground,
    borderRadius: 8,
    fontFamily,
  },
  components: {
    Layout: { headerBg: '#ffffff', headerHeight: 56, headerPadding: '0 16px' },
    Table: { rowSelectedBg: '#eaf2fa', rowSelectedHoverBg: '#dceaf7', colorTextDisabled: colours.quiet },
  },
};
