import { lexer, type Token, type Tokens } from 'marked';
import { element } from './dom.js';

/**
 * Markdown as elements: what the language service and the rules' pages are written in. Nothing is read as HTML; what is written
 * in HTML shows as text. Links go to the web only, in a window of their own.
 * @param top level of the first heading
 */
export function markdown(text: string, top = 3): Node[] {
  return blocks(lexer(text), top);
}

function blocks(tokens: readonly Token[], top: number): Node[] {
  return tokens.flatMap((token): Node[] => {
    switch (token.type) {
      case 'space':
        return [];
      case 'heading':
        return [heading(token as Tokens.Heading, top)];
      case 'paragraph':
        return [element('p', {}, inlines(token.tokens))];
      case 'code':
        // a long line can be scrolled, also with keys
        return [element('pre', { tabindex: 0 }, element('code', {}, (token as Tokens.Code).text))];
      case 'list':
        return [list(token as Tokens.List, top)];
      case 'blockquote':
        return [element('blockquote', {}, blocks(token.tokens ?? [], top))];
      case 'table':
        return [table(token as Tokens.Table)];
      case 'hr':
        return [element('hr')];
      default:
        return inlines([token]);
    }
  });
}

function heading({ depth, tokens }: Tokens.Heading, top: number): HTMLElement {
  const level = Math.min(6, depth + top - 1) as 1 | 2 | 3 | 4 | 5 | 6;
  return element(`h${level}`, {}, inlines(tokens));
}

function list({ ordered, items }: Tokens.List, top: number): HTMLElement {
  return element(
    ordered ? 'ol' : 'ul',
    {},
    items.map(item => element('li', {}, blocks(item.tokens, top))),
  );
}

function table({ header, rows }: Tokens.Table): HTMLElement {
  const head = element(
    'tr',
    {},
    header.map(cell => element('th', { scope: 'col' }, inlines(cell.tokens))),
  );
  const body = rows.map(row =>
    element(
      'tr',
      {},
      row.map(cell => element('td', {}, inlines(cell.tokens))),
    ),
  );
  return element('table', {}, element('thead', {}, head), element('tbody', {}, body));
}

function inlines(tokens: readonly Token[] = []): Node[] {
  return tokens.flatMap((token): Node[] => {
    switch (token.type) {
      case 'strong':
        return [element('strong', {}, inlines(token.tokens))];
      case 'em':
        return [element('em', {}, inlines(token.tokens))];
      case 'codespan':
        return [element('code', {}, (token as Tokens.Codespan).text)];
      case 'br':
        return [element('br')];
      case 'link':
        return [link(token as Tokens.Link)];
      case 'text':
        return 'tokens' in token && token.tokens ? inlines(token.tokens) : [document.createTextNode(plain(token as Tokens.Text))];
      case 'escape':
        return [document.createTextNode((token as Tokens.Escape).text)];
      default:
        return [document.createTextNode(token.raw)];
    }
  });
}

function plain({ text, raw }: Tokens.Text): string {
  return text === '' ? raw : text;
}

function link({ href, tokens }: Tokens.Link): Node {
  const inside = inlines(tokens);
  if (!/^https?:\/\//.test(href)) return element('span', {}, inside);
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, inside);
}
