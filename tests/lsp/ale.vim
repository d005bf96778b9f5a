" Vim with ALE: a finding is seen, edited away and back.
set nocompatible hidden noswapfile
set rtp^=/usr/share/vim-ale
let g:ale_linters_explicit = 1
let g:ale_linters = {'python': ['trainlint']}
let g:ale_lint_delay = 10
filetype plugin on
runtime plugin/ale.vim
call ale#linter#Define('python', {'name': 'trainlint', 'lsp': 'stdio', 'executable': $TRAINLINT,
      \ 'command': '%e lsp', 'project_root': $FOLDER})
let s:said = []

function! s:wait(count) abort
  let l:begin = reltime()
  while len(getloclist(0)) != a:count && reltimefloat(reltime(l:begin)) < 10
    sleep 20m
  endwhile
  for l:each in getloclist(0)
    call add(s:said, printf('%d:%d-%d %s', l:each.lnum - 1, l:each.col - 1, l:each.end_col, l:each.text))
  endfor
  call add(s:said, len(getloclist(0)) == a:count ? a:count . ' seen' : 'not seen')
endfunction

execute 'edit' fnameescape($FOLDER . '/trainer/task.py')
ALELint
call s:wait(1)
call setline(2, 'from trainer import modle')
call setline(2, 'from trainer import model')
ALELint
call s:wait(0)
call setline(2, 'import model')
ALELint
call s:wait(1)
call writefile(s:said, '/dev/stdout')
qall!
