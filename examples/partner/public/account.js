// @ts-check
import { currentLocale, text, textOfCode } from './texts.js';

/**
 * @typedef {{orderNo: string, direction: 'IN' | 'OUT', mode: string, amount: string, status: string, failReason: string, createdAt: string}} Transfer
 * @typedef {{username: string, balance: string, tradingBalance?: string, transfers: Transfer[]}} Account
 */

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Groups the digits of a decimal and shows at least two decimals. It stays a text: a JavaScript number could not hold every amount.
 *
 * @param {string} decimal
 * @returns {string}
 */
export function groupDigits(decimal) {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction.padEnd(2, '0')}`;
}

/** @param {Account} account */
export function showAccount(account) {
  element('username').textContent = account.username;
  element('balance').textContent = groupDigits(account.balance);
  element('trading-balance').textContent =
    account.tradingBalance === undefined ? '–' : groupDigits(account.tradingBalance);
  const pending = account.transfers.filter(({ status }) => status === 'PROCESSING').length;
  element('transfer-count').textContent = pending === 0 ? '' : `(${text('status_PROCESSING')}: ${pending})`;
  element('transfer-rows').replaceChildren(
    ...(account.transfers.length === 0 ? [emptyRow()] : account.transfers.map(row)),
  );
}

/** @param {Transfer} transfer */
function row(transfer) {
  const line = document.createElement('tr');
  line.dataset['orderNo'] = transfer.orderNo;
  line.dataset['status'] = transfer.status;
  const time = new Date(transfer.createdAt).toLocaleString(currentLocale(), {
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const status = cell(textOfCode('status', transfer.status, 'status_PROCESSING'), `status-${transfer.status}`);
  if (transfer.failReason !== '') {
    const reason = document.createElement('small');
    reason.textContent = transfer.failReason;
    status.append(reason);
  }
  line.append(
    cell(time),
    cell(textOfCode('direction', transfer.direction, 'direction')),
    cell(transfer.amount === '' ? text('all') : groupDigits(transfer.amount), 'number'),
    status,
  );
  return line;
}

function emptyRow() {
  const line = document.createElement('tr');
  const only = cell(text('noTransfers'));
  only.colSpan = 4;
  line.append(only);
  return line;
}

/**
 * @param {string} content
 * @param {string} [className]
 */
function cell(content, className = '') {
  const made = document.createElement('td');
  made.textContent = content;
  made.className = className;
  return made;
}
