/** What the terminal calls the things that the tests press and look at. */
export interface TerminalWords {
  readonly tabs: Readonly<Record<'chart' | 'book' | 'trade', string>>;
  readonly panels: string;
  readonly limit: string;
  readonly market: string;
  readonly price: string;
  readonly size: string;
  readonly buy: string;
  readonly available: string;
  readonly confirm: string;
  readonly positions: string;
  readonly openOrders: string;
  readonly ownOrder: string;
  readonly bids: string;
  readonly priceStep: string;
  readonly chart: string;
  readonly closeAtMarket: string;
  readonly closePosition: string;
  readonly cancel: (quantity: string) => string;
  readonly signIn: string;
  readonly userName: string;
  readonly password: string;
  readonly settings: string;
  readonly theme: string;
  readonly language: string;
  readonly leverage: string;
  readonly amend: string;
  readonly markets: string;
  readonly close: string;
  readonly back: string;
  readonly entryRefused: string;
  readonly reconnecting: string;
  readonly notifications: string;
}

const en: TerminalWords = {
  tabs: { chart: 'Chart', book: 'Order book', trade: 'Trade' },
  panels: 'Panels',
  limit: 'Limit',
  market: 'Market',
  price: 'Price',
  size: 'Size',
  buy: 'Buy / Long',
  available: 'Available',
  confirm: 'Send order',
  positions: 'Positions',
  openOrders: 'Open orders',
  ownOrder: 'Own order',
  bids: 'Buy orders',
  priceStep: 'Price step',
  chart: 'Chart',
  closeAtMarket: 'Close BTCUSDT at the market',
  closePosition: 'Close position',
  cancel: (quantity) => `Cancel: Buy ${quantity} BTCUSDT`,
  signIn: 'Sign in',
  userName: 'User name',
  password: 'Password',
  settings: 'Settings',
  theme: 'Theme',
  language: 'Language',
  leverage: 'Leverage',
  amend: 'Amend',
  markets: 'Choose another market',
  close: 'Close',
  back: 'Back',
  entryRefused: 'The link has expired or was used already. Open it again from where you came.',
  reconnecting: 'Reconnecting',
  notifications: 'Notifications',
};

const zh: TerminalWords = {
  tabs: { chart: '图表', book: '订单簿', trade: '交易' },
  panels: '面板',
  limit: '限价',
  market: '市价',
  price: '价格',
  size: '数量',
  buy: '买入 / 做多',
  available: '可用',
  confirm: '提交委托',
  positions: '持仓',
  openOrders: '当前委托',
  ownOrder: '我的委托',
  bids: '买单',
  priceStep: '价格合并',
  chart: '图表',
  closeAtMarket: '市价平仓 BTCUSDT',
  closePosition: '平仓',
  cancel: (quantity) => `撤单：买入 ${quantity} BTCUSDT`,
  signIn: '登录',
  userName: '用户名',
  password: '密码',
  settings: '设置',
  theme: '主题',
  language: '语言',
  leverage: '杠杆',
  amend: '修改',
  markets: '切换合约',
  close: '关闭',
  back: '返回',
  entryRefused: '链接已过期或已使用，请从原页面重新打开。',
  reconnecting: '重新连接中',
  notifications: '通知',
};

export const TERMINAL_WORDS = { en, 'zh-CN': zh };
export type TerminalLocale = keyof typeof TERMINAL_WORDS;
