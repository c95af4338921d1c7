// @ts-check

/** @typedef {'en' | 'zh-CN'} Locale */

const en = {
  balance: 'Balance',
  tradingBalance: 'Trading balance',
  signIn: 'Sign in',
  signOut: 'Sign out',
  username: 'Username',
  password: 'Password',
  demoHint: 'Demo: carol / carol-demo',
  moveMoney: 'Move money',
  amount: 'Amount (USDT)',
  amountColumn: 'Amount',
  deposit: 'Deposit',
  withdraw: 'Withdraw',
  withdrawAll: 'Withdraw all',
  transfers: 'Transfers',
  noTransfers: 'No transfers yet.',
  time: 'Time',
  direction: 'Direction',
  status: 'Status',
  trading: 'Trading',
  tryAgain: 'Try again',
  all: 'all',
  working: 'Working…',
  direction_IN: 'Deposit',
  direction_OUT: 'Withdrawal',
  status_PROCESSING: 'Pending',
  status_SUCCESS: 'Done',
  status_FAILED: 'Failed',
  status_REVERSED: 'Taken back',
  status_DEAD: 'Needs our support',
  result_PROCESSING: 'Pending: we will tell you here when it is done.',
  result_SUCCESS: 'Done.',
  result_FAILED: 'It failed. No money was moved.',
  result_REVERSED: 'It was taken back.',
  result_DEAD: 'It could not be finished. Our support will contact you.',
  error_bad_request: 'The request was not understood.',
  error_invalid_amount: 'Enter an amount above 0 with at most 8 decimals, such as 12.5.',
  error_wrong_credentials: 'The username or the password is wrong.',
  error_not_signed_in: 'Your session has ended. Sign in again.',
  error_wrong_origin: 'The request came from another site.',
  error_trading_not_allowed: 'You are not allowed to trade. Contact our support.',
  error_not_found: 'There is nothing here.',
  error_insufficient_balance: 'Your balance is not enough.',
  error_too_many_open_transfers: 'Too many transfers are pending. Wait for them first.',
  error_request_id_taken: 'This request was made before with another amount.',
  error_not_json: 'The request was not understood.',
  error_too_many_attempts: 'Too many wrong passwords. Try again in 15 minutes.',
  error_busy: 'Too many people sign in right now. Try again in a moment.',
  error_venue_refused: 'The trading venue refused the request. Contact our support.',
  error_venue_unavailable: 'The trading venue does not answer. No money was moved. Try again later.',
  error_internal: 'Something is wrong on our side. Try again later.',
  error_unreachable: 'This site does not answer. Check your connection and try again.',
  widget_script_missing: 'The trading terminal could not be loaded. Try again in a moment.',
  widget_token_provider_missing: 'Trading is not set up on this page.',
  widget_token_provider_failed: 'We could not sign you in to trading. Try again.',
  widget_auth_exchange_failed: 'The trading venue did not accept the sign-in. Try again.',
  widget_container_not_found: 'This page has no place for the trading terminal.',
  widget_container_no_size: 'This window has no room for the trading terminal.',
  widget_iframe_load_timeout: 'The trading terminal takes too long to load. Try again.',
  widget_invalid_option: 'The trading terminal is not set up correctly on this page.',
  widget_origin_not_allowed: 'This site may not show the trading terminal. Contact our support.',
  widget_unsupported: 'This browser cannot show the trading terminal. Update it and try again.',
};

/** @typedef {keyof typeof en} TextName */

/** @type {Record<TextName, string>} */
const zh = {
  balance: '余额',
  tradingBalance: '交易余额',
  signIn: '登录',
  signOut: '退出',
  username: '用户名',
  password: '密码',
  demoHint: '演示账户：carol / carol-demo',
  moveMoney: '资金划转',
  amount: '金额 (USDT)',
  amountColumn: '金额',
  deposit: '转入',
  withdraw: '转出',
  withdrawAll: '全部转出',
  transfers: '划转记录',
  noTransfers: '暂无划转记录。',
  time: '时间',
  direction: '方向',
  status: '状态',
  trading: '交易',
  tryAgain: '重试',
  all: '全部',
  working: '处理中…',
  direction_IN: '转入',
  direction_OUT: '转出',
  status_PROCESSING: '处理中',
  status_SUCCESS: '已完成',
  status_FAILED: '失败',
  status_REVERSED: '已撤回',
  status_DEAD: '需人工处理',
  result_PROCESSING: '处理中：完成后会在此显示。',
  result_SUCCESS: '已完成。',
  result_FAILED: '划转失败，资金未变动。',
  result_REVERSED: '划转已撤回。',
  result_DEAD: '划转未能完成，客服将与您联系。',
  error_bad_request: '无法识别该请求。',
  error_invalid_amount: '请输入大于 0 且最多 8 位小数的金额，例如 12.5。',
  error_wrong_credentials: '用户名或密码错误。',
  error_not_signed_in: '登录已失效，请重新登录。',
  error_wrong_origin: '请求来自其他网站。',
  error_trading_not_allowed: '您无交易权限，请联系客服。',
  error_not_found: '内容不存在。',
  error_insufficient_balance: '余额不足。',
  error_too_many_open_transfers: '处理中的划转过多，请稍候。',
  error_request_id_taken: '该请求已用于其他金额。',
  error_not_json: '无法识别该请求。',
  error_too_many_attempts: '密码错误次数过多，请 15 分钟后再试。',
  error_busy: '当前登录人数过多，请稍后再试。',
  error_venue_refused: '交易平台拒绝了该请求，请联系客服。',
  error_venue_unavailable: '交易平台无响应，资金未变动，请稍后再试。',
  error_internal: '系统异常，请稍后再试。',
  error_unreachable: '网站无响应，请检查网络后重试。',
  widget_script_missing: '交易终端加载失败，请稍后重试。',
  widget_token_provider_missing: '此页面尚未配置交易。',
  widget_token_provider_failed: '交易登录失败，请重试。',
  widget_auth_exchange_failed: '交易平台未接受登录，请重试。',
  widget_container_not_found: '此页面没有放置交易终端的位置。',
  widget_container_no_size: '窗口没有足够空间显示交易终端。',
  widget_iframe_load_timeout: '交易终端加载超时，请重试。',
  widget_invalid_option: '此页面的交易终端配置有误。',
  widget_origin_not_allowed: '此网站不允许显示交易终端，请联系客服。',
  widget_unsupported: '此浏览器无法显示交易终端，请更新后重试。',
};

const texts = { en, 'zh-CN': zh };

/** @type {Locale} */
let locale = chosenLocale();

/** @returns {Locale} */
function chosenLocale() {
  const kept = localStorage.getItem('locale');
  if (kept === 'en' || kept === 'zh-CN') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** @returns {Locale} */
export function currentLocale() {
  return locale;
}

/** @param {Locale} next */
export function chooseLocale(next) {
  locale = next;
  localStorage.setItem('locale', next);
}

/**
 * @param {TextName} name
 * @returns {string}
 */
export function text(name) {
  return texts[locale][name];
}

/**
 * The text of a code that came from outside; of `fallback` for one that this page does not know.
 *
 * @param {string} family
 * @param {string} code
 * @param {TextName} fallback
 * @returns {string}
 */
export function textOfCode(family, code, fallback) {
  const name = `${family}_${code}`;
  return Object.hasOwn(en, name) ? text(/** @type {TextName} */ (name)) : text(fallback);
}

/** Writes the fixed texts of the page in the current language. */
export function writeTexts() {
  document.documentElement.lang = locale;
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = text(/** @type {TextName} */ (element.getAttribute('data-text')));
  }
}
