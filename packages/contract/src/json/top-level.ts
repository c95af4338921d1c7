import { endOfString, keyText } from './key-scan.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * The members of an object by name, each as the JSON text it is written in. The text must be a valid JSON object without
 * white space between its tokens and without a repeated name: then a member ends at the first comma or brace that is in
 * no text and in no inner structure, and one pass without a grammar does.
 */
export function topLevelMembers(compactObject: string): Map<string, string> {
  const members = new Map<string, string>();
  let at = 1;
  while (compactObject.charCodeAt(at) === QUOTE) {
    const nameEnd = endOfString(compactObject, at);
    const valueStart = nameEnd + 2;
    const valueEnd = endOfValue(compactObject, valueStart);
    members.set(keyText(compactObject, at, nameEnd), compactObject.slice(valueStart, valueEnd));
    at = valueEnd + 1;
  }
  return members;
}

/** Index of the comma or the closing bracket that follows the value which begins at `start`. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth += 1;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (depth === 0) return at;
        depth -= 1;
        break;
      case COMMA:
        if (depth === 0) return at;
        break;
      default:
        break;
    }
  }
  throw new Error('The text is no JSON object');
}
