// The menu of a phone opens with JavaScript only; these links are on every page, for everybody.
import { useData, withBase } from 'vitepress';
import { h } from 'vue';

/** The doors of the site, at the end of each page. */
export function Doors() {
  const { theme } = useData();
  const doors = [...theme.value.nav, { text: 'Modules', link: '/modules/prosody' }];
  const links = doors.map(({ text, link }) =>
    h('a', { key: link, href: withBase(link.endsWith('/') ? link : `${link}.html`) }, text),
  );
  return h('footer', { class: 'doors' }, h('nav', { 'aria-label': 'The whole site' }, links));
}
