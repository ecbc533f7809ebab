-- A real Neovim attaches to the server, shows a finding, applies a code action: `nvim --headless -u NONE -l` came
-- with 0.9, so this runs with `-c 'luafile …'` on 0.7 and newer, behind the set-up that docs/editors.md gives.
-- GTR_FILE is a copy of a review.
-- Prints `passed` and ends with 0, or says what is wrong and ends with 1.

local function fail(what)
  io.stderr:write('neovim: ' .. what .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, ready)
  if not vim.wait(20000, ready, 20) then
    fail(what .. ' did not come in 20 s')
  end
end

local ok, problem = pcall(function()
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.GTR_FILE))
  vim.bo.filetype = 'markdown'
  local buffer = vim.api.nvim_get_current_buf()

  wait('the server', function() return next(vim.lsp.buf_get_clients(buffer)) ~= nil end)
  local _, client = next(vim.lsp.buf_get_clients(buffer))

  local function find(code)
    for _, one in ipairs(vim.diagnostic.get(buffer)) do
      if one.code == code or (one.user_data and one.user_data.lsp and one.user_data.lsp.code == code) then
        return one
      end
    end
  end

  wait('the finding', function() return find('unanswered-question') end)
  local one = find('unanswered-question')
  local line = vim.api.nvim_buf_get_lines(buffer, one.lnum, one.lnum + 1, true)[1]
  local marked = line:sub(one.col + 1, one.end_col)
  if marked ~= '😀 Describe the target persona or user(s) for the project?' then
    fail('the finding is at ' .. marked)
  end

  local parameters = {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = {
      start = { line = one.lnum, character = 0 },
      ['end'] = { line = one.lnum, character = 0 },
    },
    context = { diagnostics = {} },
  }
  local answer = client.request_sync('textDocument/codeAction', parameters, 20000, buffer)
  local applied = false
  for _, action in ipairs(answer and answer.result or {}) do
    if action.title:find('^Answer N/A') then
      vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      applied = true
    end
  end
  if not applied then
    fail('no action answers N/A: ' .. vim.inspect(answer))
  end
  local below = vim.api.nvim_buf_get_lines(buffer, one.lnum + 1, one.lnum + 2, true)[1]
  if below ~= '  * N/A, because …' then
    fail('the action wrote ' .. below)
  end
  wait('the end of the finding', function()
    return not find('unanswered-question') and find('bare-not-applicable')
  end)
  print('passed: ' .. tostring(vim.version().major) .. '.' .. vim.version().minor .. ', ' .. client.offset_encoding .. '\n')
end)
if not ok then
  fail(problem)
end
vim.cmd('qall!')
