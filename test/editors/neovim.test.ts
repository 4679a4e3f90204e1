import assert from 'node:assert/strict';
import { Desk, documented, editorLab, FILES } from '../support/editors.js';
import { describeWith } from '../support/needing.js';

// Neovim 0.7 is sent its diagnostics and does not ask for them.
const SCRIPT = `
local result = {}
local function finish(problem)
  result.problem = problem
  local file = io.open(vim.env.HOME .. '/result.json', 'w')
  file:write(vim.json.encode(result))
  file:close()
  vim.cmd('qa!')
end
local function wait(what, done)
  if not vim.wait(20000, done, 50) then error(what .. ' did not come') end
end
local function main()
  vim.cmd('edit prosody/prosody.cfg.lua')
  local buffer = vim.api.nvim_get_current_buf()
  wait('a finding', function() return #vim.diagnostic.get(buffer) > 0 end)
  result.findings = vim.tbl_map(function(found) return { code = found.code, line = found.lnum, message = found.message } end, vim.diagnostic.get(buffer))
  -- a person would choose from a list
  vim.ui.select = function(items, options, choose) result.offered = #items; choose(items[1], 1) end
  vim.api.nvim_win_set_cursor(0, { result.findings[1].line + 1, 2 })
  vim.lsp.buf.code_action()
  wait('the fix', function() return vim.api.nvim_buf_get_lines(buffer, 1, 2, false)[1]:match(',$') ~= nil end)
  wait('the text to be well', function()
    return #vim.tbl_filter(function(found) return found.code == 'syntax-error' end, vim.diagnostic.get(buffer)) == 0
  end)
  result.fixed = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)

  vim.cmd('write')
  vim.cmd('edit prosody/conf.d/meet.cfg.lua')
  vim.cmd('normal! 3G$')
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('A<C-x><C-o>', true, false, true), 'n', false)
  vim.defer_fn(function()
    local ok, problem = pcall(function()
      result.menu = vim.tbl_map(function(item) return item.word end, vim.fn.complete_info({ 'items' }).items)
      vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('<C-e><Esc>', true, false, true), 'x', false)
      vim.cmd('normal! 3Gdd')
      vim.cmd('normal! 1G')
      vim.fn.search('meet', 'c')
      vim.lsp.buf.rename('talk.example.org')
      wait('the new name', function() return vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]:match('talk') ~= nil end)
      result.renamed = { vim.api.nvim_buf_get_lines(0, 0, 1, false)[1], vim.api.nvim_buf_get_lines(buffer, 0, 2, false)[2] }
    end)
    finish(not ok and problem or nil)
  end, 4000)
end
local ok, problem = pcall(main)
if not ok then finish(problem) end
`;

describeWith('Neovim', editorLab('/usr/bin/nvim'), ({ program }) => {
  let desk: Desk;
  let result: Readonly<Record<string, unknown>>;

  before(async function () {
    this.timeout(90_000);
    desk = new Desk({ ...FILES, 'init.lua': documented('neovim'), 'script.lua': SCRIPT });
    result = await desk.run(program, ['--headless', '-n', '-i', 'NONE', '-u', 'init.lua', '-S', 'script.lua']);
    assert.equal(result.problem, undefined, JSON.stringify(result));
  });

  after(() => desk?.remove());

  it('shows the findings of the server', () => {
    const findings = result.findings as { code: string; line: number; message: string }[];
    assert.ok(
      findings.some(({ code }) => code === 'syntax-error'),
      JSON.stringify(findings),
    );
  });

  it('applies a fix', () => {
    assert.equal((result.fixed as string[])[1], '  "a@meet.example.com",');
  });

  it('completes an option', () => {
    assert.ok(
      (result.menu as string[]).some(item => item.startsWith('authentication')),
      JSON.stringify(result.menu),
    );
  });

  it('renames a host in all files', () => {
    assert.deepEqual(result.renamed, ['VirtualHost "talk.example.org"', '  "a@talk.example.org",']);
  });
});
