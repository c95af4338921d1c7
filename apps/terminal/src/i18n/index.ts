export { defineText, type TextSection } from './define-text.ts';
export { useText } from './shell-text.ts';
