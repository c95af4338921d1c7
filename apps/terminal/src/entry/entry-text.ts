import type { Locale } from '../ui-state/ui-state.ts';

/** Why a link did not sign the user in. */
export type EntryFault = 'invalid' | 'limited' | 'unreachable';

interface EntryText {
  readonly title: string;
  readonly exchanging: string;
  readonly failed: string;
  readonly faults: Readonly<Record<EntryFault, string>>;
  readonly retry: string;
  readonly back: (site: string) => string;
  readonly market: string;
}

/** Texts of the page that a link of a partner leads to; it is shown before there is a terminal. */
export const ENTRY_TEXTS: Readonly<Record<Locale, EntryText>> = {
  en: {
    title: 'Signing in',
    exchanging: 'Signing you in…',
    failed: 'You are not signed in',
    faults: {
      invalid: 'The link has expired or was used already. Open it again from where you came.',
      limited: 'There were too many tries. Wait a moment, then try again.',
      unreachable: 'The venue does not answer. Try again.',
    },
    retry: 'Try again',
    back: (site) => `Back to ${site}`,
    market: 'See the market without signing in',
  },
  'zh-CN': {
    title: '登录中',
    exchanging: '正在为您登录…',
    failed: '未能登录',
    faults: {
      invalid: '链接已过期或已使用，请从原页面重新打开。',
      limited: '尝试次数过多，请稍候再试。',
      unreachable: '交易所没有响应，请重试。',
    },
    retry: '重试',
    back: (site) => `返回 ${site}`,
    market: '不登录，只看行情',
  },
};
