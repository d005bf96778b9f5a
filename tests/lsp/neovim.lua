-- Neovim's own client: a finding is seen, edited away and back, and an action is applied.
local folder = os.getenv('FOLDER')
local function say(text) io.stdout:write(text .. '\n') end

local id = vim.lsp.start_client({
  name = 'trainlint', cmd = { os.getenv('TRAINLINT'), 'lsp' }, root_dir = folder,
})
vim.cmd('edit ' .. folder .. '/trainer/task.py')
vim.lsp.buf_attach_client(0, id)

local function wait(count)
  local ok = vim.wait(10000, function() return #vim.diagnostic.get(0) == count end, 10)
  for _, each in ipairs(vim.diagnostic.get(0)) do
    say(string.format('%d:%d-%d %s', each.lnum, each.col, each.end_col, each.code))
  end
  say(ok and (count .. ' seen') or 'not seen')
end

wait(1)
vim.api.nvim_buf_set_text(0, 1, 0, 1, 0, { 'from trainer ' })
wait(0)
vim.api.nvim_buf_set_text(0, 1, 0, 1, 13, { '' })
wait(1)

local params = vim.lsp.util.make_range_params()
params.range = { start = { line = 1, character = 8 }, ['end'] = { line = 1, character = 8 } }
params.context = { diagnostics = {} }
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 5000)) do
  for _, action in ipairs(answer.result) do
    say('action: ' .. action.title)
    if action.title:match('^Ignore') then
      vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
    end
  end
end
wait(0)
say(vim.api.nvim_buf_get_lines(0, 1, 2, false)[1])
local hover = vim.lsp.buf_request_sync(0, 'textDocument/hover', {
  textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = 0, character = 8 },
}, 5000)
for _, answer in pairs(hover) do say('hover: ' .. answer.result.contents.value:match('[^\n]*')) end
vim.lsp.stop_client(id)
vim.wait(5000, function() return vim.lsp.client_is_stopped(id) end, 10)
say('stopped ' .. tostring(vim.lsp.client_is_stopped(id)))
vim.cmd('qa!')
