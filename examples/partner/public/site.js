// @ts-check
import { element, showAccount } from './account.js';
import { AskError, ask } from './ask.js';
import { chooseLocale, currentLocale, text, textOfCode, writeTexts } from './texts.js';
import { followLocale, retryTrading, startTrading, stopTrading } from './trading.js';

/** Pause between two looks at the account, in milliseconds: with a pending transfer, and without. */
const PENDING_MS = 1_500;
const QUIET_MS = 15_000;
/** After an order its effect on the balance is asked for once, however many orders come together. */
const AFTER_ORDER_MS = 400;

/** @type {import('./account.js').Account | undefined} */
let account;
/** @type {number | undefined} */
let nextLook;
/** Writes the current message again, in the language of now. @type {() => void} */
let writeMessage = () => undefined;
/**
 * A transfer without a certain answer keeps its id: pressed again with the same content, it is the same transfer.
 *
 * @type {{content: string, requestId: string} | undefined}
 */
let unanswered;

/** @param {unknown} error */
function explain(error) {
  const code = error instanceof AskError ? error.code : 'internal';
  return textOfCode('error', code, 'error_internal');
}

/** Asks for the account and shows it; without a session it shows the sign-in form. */
async function look() {
  clearTimeout(nextLook);
  try {
    const before = account;
    account = await ask('/api/account');
    announceOutcomes(before);
  } catch (error) {
    if (error instanceof AskError && error.code === 'not_signed_in') return showSignIn();
    if (account === undefined) showSignIn(() => explain(error));
  }
  if (account === undefined) return;
  const isNew = element('site').hidden;
  showSite(account);
  if (isNew) startTrading({ onSignedOut: () => showSignIn(() => text('error_not_signed_in')), onOrder: lookSoon });
  const isPending = account.transfers.some(({ status }) => status === 'PROCESSING');
  nextLook = setTimeout(look, isPending ? PENDING_MS : QUIET_MS);
}

/**
 * Tells what became of transfers that were pending.
 *
 * @param {import('./account.js').Account | undefined} before
 */
function announceOutcomes(before) {
  const pending = new Set(
    before?.transfers.filter(({ status }) => status === 'PROCESSING').map(({ orderNo }) => orderNo),
  );
  const ended = account?.transfers.find(({ orderNo, status }) => pending.has(orderNo) && status !== 'PROCESSING');
  if (ended !== undefined) sayOutcome(ended.status);
}

/** @param {string} status */
function sayOutcome(status) {
  const mood = status === 'SUCCESS' ? 'good' : status === 'PROCESSING' ? '' : 'bad';
  say('transfer-message', mood, () => textOfCode('result', status, 'result_PROCESSING'));
}

function lookSoon() {
  clearTimeout(nextLook);
  nextLook = setTimeout(look, AFTER_ORDER_MS);
}

/** @param {import('./account.js').Account} shown */
function showSite(shown) {
  for (const id of ['site', 'balances', 'sign-out']) element(id).hidden = false;
  element('sign-in').hidden = true;
  showAccount(shown);
}

/** @param {() => string} [message] */
function showSignIn(message = () => '') {
  clearTimeout(nextLook);
  account = undefined;
  unanswered = undefined;
  stopTrading();
  for (const id of ['site', 'balances', 'sign-out']) element(id).hidden = true;
  element('username').textContent = '';
  element('transfer-message').textContent = '';
  element('sign-in').hidden = false;
  say('sign-in-message', '', message);
}

/**
 * @param {string} id
 * @param {'good' | 'bad' | ''} mood
 * @param {() => string} message
 */
function say(id, mood, message) {
  writeMessage = () => {
    element(id).className = `message ${mood}`;
    element(id).textContent = message();
  };
  writeMessage();
}

/** @param {string} content */
function requestIdFor(content) {
  if (unanswered?.content === content) return unanswered.requestId;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const requestId = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  unanswered = { content, requestId };
  return requestId;
}

/** @param {string} kind */
async function move(kind) {
  const input = /** @type {HTMLInputElement} */ (element('amount'));
  const amount = input.value.trim();
  const paths = { deposit: '/api/deposits', withdraw: '/api/withdrawals', 'withdraw-all': '/api/withdrawals/all' };
  const path = paths[/** @type {keyof typeof paths} */ (kind)];
  const body = kind === 'withdraw-all' ? {} : { amount };
  const requestId = requestIdFor(JSON.stringify([path, body]));
  say('transfer-message', '', () => text('working'));
  setMoving(true);
  try {
    const { transfer } = await ask(path, { ...body, requestId });
    unanswered = undefined;
    input.value = '';
    sayOutcome(transfer.status);
  } catch (error) {
    if (error instanceof AskError && error.isCertain) unanswered = undefined;
    if (error instanceof AskError && error.code === 'not_signed_in') return showSignIn(() => explain(error));
    say('transfer-message', 'bad', () => explain(error));
  } finally {
    setMoving(false);
  }
  await look();
}

/** @param {boolean} isMoving */
function setMoving(isMoving) {
  for (const button of element('transfer-form').querySelectorAll('button')) button.disabled = isMoving;
}

/** @param {HTMLFormElement} form */
async function signIn(form) {
  const fields = new FormData(form);
  say('sign-in-message', '', () => text('working'));
  try {
    await ask('/api/login', { username: fields.get('username'), password: fields.get('password') });
    form.reset();
    say('sign-in-message', '', () => '');
    await look();
    element('amount').focus();
  } catch (error) {
    say('sign-in-message', 'bad', () => explain(error));
  }
}

async function signOut() {
  try {
    await ask('/api/logout', {});
    showSignIn();
    element('sign-in-username').focus();
  } catch (error) {
    say('transfer-message', 'bad', () => explain(error));
  }
}

function writeLanguage() {
  writeTexts();
  const button = element('language');
  const isChinese = currentLocale() === 'zh-CN';
  button.textContent = isChinese ? 'English' : '中文';
  button.lang = isChinese ? 'en' : 'zh-CN';
}

element('language').addEventListener('click', () => {
  chooseLocale(currentLocale() === 'en' ? 'zh-CN' : 'en');
  writeLanguage();
  writeMessage();
  if (account !== undefined) showAccount(account);
  followLocale();
});
element('sign-in-form').addEventListener('submit', (event) => {
  event.preventDefault();
  signIn(/** @type {HTMLFormElement} */ (event.currentTarget));
});
element('transfer-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { submitter } = event;
  move(submitter instanceof HTMLButtonElement ? submitter.value : 'deposit');
});
element('sign-out').addEventListener('click', signOut);
element('trading-retry').addEventListener('click', retryTrading);
document.addEventListener('visibilitychange', () => {
  if (account === undefined) return;
  if (document.hidden) clearTimeout(nextLook);
  else look();
});

writeLanguage();
element('demo-hint').hidden = document.documentElement.dataset['demo'] !== '1';
look();
