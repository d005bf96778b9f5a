# Completion of trainlint for bash.

_trainlint_words() {
  local command=$1
  case $command in
    explain) trainlint rules 2>/dev/null | cut -d' ' -f1 ;;
    config) echo show schema ;;
    dump) echo source modules project distribution launch graph ;;
  esac
}

_trainlint() {
  local cur prev command= word i
  COMPREPLY=()
  cur=${COMP_WORDS[COMP_CWORD]}
  prev=${COMP_WORDS[COMP_CWORD - 1]}
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
      check | submit | explain | rules | graph | dump | config | hook | lsp | audit) command=$word; break ;;
    esac
  done

  local reports='text concise json jsonl lsp sarif github gitlab junit rdjson'
  local settings='--select --ignore --severity --per-file-ignores --exclude --require-reason
    --preinstalled --source-folders --bucket-locations --layers
    --fail-on --baseline --config --no-config --write-baseline --check-baseline'
  local launch='--module-name --package-path --runtime-version --image-uri --job-config --python-version --route'

  case $prev in
    --format)
      case $command in
        graph) reports='dot mermaid json' ;;
        rules) reports='text json' ;;
      esac
      COMPREPLY=($(compgen -W "$reports" -- "$cur"))
      return ;;
    --output) COMPREPLY=($(compgen -W "${reports// /= }=" -- "$cur")); compopt -o nospace; return ;;
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$cur")); return ;;
    --route) COMPREPLY=($(compgen -W 'gcloud-sdist archive autopackage script container' -- "$cur")); return ;;
    --fail-on) COMPREPLY=($(compgen -W 'error warning advice' -- "$cur")); return ;;
    --select | --ignore)
      COMPREPLY=($(compgen -W "$(trainlint rules 2>/dev/null | tr -s ' ' | cut -d' ' -f1,2)" -- "$cur"))
      return ;;
    --baseline | --config | --records | --job-config | --stdin-filename) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --package-path | --source-folders) COMPREPLY=($(compgen -d -- "$cur")); return ;;
    --severity | --per-file-ignores | --exclude | --preinstalled | --bucket-locations | --layers | --module-name | --runtime-version | \
      --image-uri | --python-version) return ;;
  esac

  if [[ $cur == -* ]]; then
    local options='--help'
    case $command in
      '' | check) options+=" --format --output --color --stdin-filename --statistics --show-files --fix --diff --unsafe-fixes $settings $launch" ;;
      hook) options+=" --git --format --output --color $settings $launch" ;;
      audit) options+=" --records --shard --resume $settings" ;;
      submit) options+=' --dry-run --color --fail-on' ;;
      config) options+=" $settings" ;;
      explain) options+=' --color' ;;
      rules) options+=' --format' ;;
      graph) options+=" --format $launch" ;;
      dump) options+=" $launch" ;;
      lsp) options+=' --stdio --config --no-config' ;;
    esac
    [[ -n $command ]] || options+=' --version'
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
    return
  fi

  [[ -n $command ]] || COMPREPLY=($(compgen -W 'check submit explain rules graph dump config hook lsp audit' -- "$cur"))
  if ((COMP_CWORD == i + 1)); then
    COMPREPLY+=($(compgen -W "$(_trainlint_words "$command")" -- "$cur"))
  fi
  case $command in
    explain | rules | lsp) ;;
    *) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$cur")) ;;
  esac
}

complete -F _trainlint trainlint
