// VitePress' own theme, with colours that everybody can read, and doors that need no JavaScript.
import DefaultTheme from 'vitepress/theme';
import { h } from 'vue';
import { Doors } from './doors.mjs';
import './style.css';

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'layout-bottom': () => h(Doors) }),
};
